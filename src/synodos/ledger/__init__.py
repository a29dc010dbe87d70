"""The ledger: who declared what, and when?

What touches the tables is loaded only when it is asked for, since Django has to be set up before.
"""

from typing import TYPE_CHECKING

from synodos.deferring import deferred
from synodos.ledger.entry import (
    HEADER,
    KEY,
    PRIVATE,
    SOURCE,
    Act,
    Audience,
    ChainName,
    Entry,
    audience_from,
    audience_of,
    audience_text,
)
from synodos.ledger.refusing import LedgerError

if TYPE_CHECKING:
    from synodos.ledger.bundle_lines import BundleHeader
    from synodos.ledger.bundles import (
        Merged,
        Written,
        authors_with_keys,
        entries_held,
        forked_chains,
        merge_bundle,
        write_bundle,
    )
    from synodos.ledger.declaring import declare, faults_of
    from synodos.ledger.differences import Changed, changes_between
    from synodos.ledger.founding import found_ledger, is_founded, the_ledger
    from synodos.ledger.importing import Imported, import_history
    from synodos.ledger.joining import bundle_header, join
    from synodos.ledger.keeping import DamagedBackupError, Restored, backup, restore
    from synodos.ledger.keying import (
        forks_of,
        keys_in_force,
        register_key,
        resolve,
        revoke_key,
        rotate_key,
        rotate_key_in,
    )
    from synodos.ledger.releasing import CANNOT_BE_CALLED_BACK, Betrayal, Sight, classification_of, who_will_see
    from synodos.ledger.signing import (
        Signer,
        all_signed,
        is_encrypted,
        keys_in,
        load_signer,
        load_signers,
        new_signer,
        save_signer,
        shown_key,
        verified,
    )
    from synodos.ledger.snapshots import collisions, forget, latest_day, record_history, snapshot, takes_part
    from synodos.ledger.standing import Collision
    from synodos.ledger.statements import stated
    from synodos.ledger.states import state
    from synodos.ledger.storing import append, append_all, entries_of, head, writing
    from synodos.ledger.verifying import Problem, verify
    from synodos.ledger.walking import Branch, Head

__all__ = [
    "CANNOT_BE_CALLED_BACK",
    "HEADER",
    "KEY",
    "PRIVATE",
    "SOURCE",
    "Act",
    "Audience",
    "Betrayal",
    "Branch",
    "BundleHeader",
    "ChainName",
    "Changed",
    "Collision",
    "DamagedBackupError",
    "Entry",
    "Head",
    "Imported",
    "LedgerError",
    "Merged",
    "Problem",
    "Restored",
    "Sight",
    "Signer",
    "Written",
    "all_signed",
    "append",
    "append_all",
    "audience_from",
    "audience_of",
    "audience_text",
    "authors_with_keys",
    "backup",
    "bundle_header",
    "changes_between",
    "classification_of",
    "collisions",
    "declare",
    "entries_held",
    "entries_of",
    "faults_of",
    "forget",
    "forked_chains",
    "forks_of",
    "found_ledger",
    "head",
    "import_history",
    "is_encrypted",
    "is_founded",
    "join",
    "keys_in",
    "keys_in_force",
    "latest_day",
    "load_signer",
    "load_signers",
    "merge_bundle",
    "new_signer",
    "record_history",
    "register_key",
    "resolve",
    "restore",
    "revoke_key",
    "rotate_key",
    "rotate_key_in",
    "save_signer",
    "shown_key",
    "snapshot",
    "state",
    "stated",
    "takes_part",
    "the_ledger",
    "verified",
    "verify",
    "who_will_see",
    "write_bundle",
    "writing",
]

__getattr__ = deferred(
    __name__,
    {
        "synodos.ledger.bundle_lines": ("BundleHeader",),
        "synodos.ledger.bundles": (
            "Merged",
            "Written",
            "authors_with_keys",
            "entries_held",
            "forked_chains",
            "merge_bundle",
            "write_bundle",
        ),
        "synodos.ledger.declaring": ("declare", "faults_of"),
        "synodos.ledger.differences": ("Changed", "changes_between"),
        "synodos.ledger.founding": ("found_ledger", "is_founded", "the_ledger"),
        "synodos.ledger.importing": ("Imported", "import_history"),
        "synodos.ledger.joining": ("bundle_header", "join"),
        "synodos.ledger.keeping": ("DamagedBackupError", "Restored", "backup", "restore"),
        "synodos.ledger.keying": (
            "forks_of",
            "keys_in_force",
            "register_key",
            "resolve",
            "revoke_key",
            "rotate_key",
            "rotate_key_in",
        ),
        "synodos.ledger.releasing": ("CANNOT_BE_CALLED_BACK", "Betrayal", "Sight", "classification_of", "who_will_see"),
        "synodos.ledger.signing": (
            "Signer",
            "all_signed",
            "is_encrypted",
            "keys_in",
            "load_signer",
            "load_signers",
            "new_signer",
            "save_signer",
            "shown_key",
            "verified",
        ),
        "synodos.ledger.snapshots": ("collisions", "forget", "latest_day", "record_history", "snapshot", "takes_part"),
        "synodos.ledger.standing": ("Collision",),
        "synodos.ledger.statements": ("stated",),
        "synodos.ledger.states": ("state",),
        "synodos.ledger.storing": ("append", "append_all", "entries_of", "head", "writing"),
        "synodos.ledger.verifying": ("Problem", "verify"),
        "synodos.ledger.walking": ("Branch", "Head"),
    },
)
