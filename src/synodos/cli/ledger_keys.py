"""Keys of the ledger, and forks: who may sign, and which branch stays."""

from __future__ import annotations

from typing import Annotated

import typer
from typer import Argument, Option

from synodos.cli.ledger import own_key
from synodos.cli.ledger_place import (
    DATABASE,
    Database,
    Keys,
    chain_from,
    chain_text,
    keys_folder,
    look_at,
    open_ledger,
    passphrase_for,
    signer_of,
    told,
)
from synodos.cli.refusing import refuse, say

Author = Annotated[str, Argument(help="An agency, or a compiler.", show_default=False)]
ChainWords = Annotated[
    str, Argument(metavar="CHAIN", help="AUTHOR/AUDIENCE, such as esa/public or esa/jaxa,nasa.", show_default=False)
]


def keys_new(
    author: Author,
    encrypt: Annotated[bool, Option("--encrypt", help="Ask for a passphrase that encrypts the key.")] = False,
    database: Database = DATABASE,
    keys: Keys = None,
) -> None:
    """Make a key for an agency, and print its public half, for the secretariat to register."""
    look_at(database)
    from synodos.ledger import keys_in, shown_key

    folder = keys_folder(database, keys)
    with told():
        if author in keys_in(folder):
            refuse(f"key.exists: {author} has a key in {folder} already; `keys rotate` replaces it")
        signer = own_key(author, folder, encrypt=encrypt)
    say(f"The private key of {author} lies in {folder}. Give this public key to the secretariat:")
    typer.echo(signer.public_hex)
    say(f"For comparing by voice: {shown_key(signer.public_hex)}")


def keys_register(
    author: Author,
    public_key: Annotated[str, Argument(help="Its public key, as `keys new` printed it.", show_default=False)],
    database: Database = DATABASE,
    keys: Keys = None,
) -> None:
    """Admit the key of an agency; only the secretariat can."""
    open_ledger(database)
    from synodos.ledger import register_key

    with told():
        secretariat = signer_of(_secretariat(), keys_folder(database, keys))
        done = register_key(author, "".join(public_key.split()).lower(), secretariat=secretariat)
    say(f"Registered the key of {author}." if done else f"This key of {author} is registered already.")


def keys_rotate(author: Author, database: Database = DATABASE, keys: Keys = None) -> None:
    """Replace the key of an agency by a new one that its old one vouches for."""
    open_ledger(database)
    from synodos.ledger import is_encrypted, rotate_key_in

    folder = keys_folder(database, keys)
    with told():
        passphrase = passphrase_for(author) if is_encrypted(folder, author) else None
        signer = rotate_key_in(folder, author, passphrase)
    say(f"{author} signs with a new key from now on:")
    typer.echo(signer.public_hex)
    say("Export the ledger to your other laptops, and carry the new private key there, before they sign again.")


def keys_revoke(
    chain: ChainWords,
    public_key: Annotated[str, Argument(help="The key that was lost or stolen.", show_default=False)],
    last_valid: Annotated[
        int, Option("--last-valid", min=0, help="Number of the last entry that it signed rightly.", show_default=False)
    ],
    database: Database = DATABASE,
    keys: Keys = None,
) -> None:
    """Let entries of CHAIN that a key signed after a number no longer count; only the secretariat can."""
    open_ledger(database)
    from synodos.ledger import revoke_key

    name = chain_from(chain)
    with told():
        secretariat = signer_of(_secretariat(), keys_folder(database, keys))
        revoke_key(name, "".join(public_key.split()).lower(), last_valid, secretariat=secretariat)
    say(
        f"In {chain_text(name)} entries after {last_valid} that this key signed count no longer; they stay as evidence."
    )


def keys_list(database: Database = DATABASE, keys: Keys = None) -> None:
    """List the keys that were ever in force, and the private ones that lie here."""
    open_ledger(database)
    from synodos.ledger import authors_with_keys, keys_in, keys_in_force

    with told():
        in_force = {author: keys_in_force(author) for author in authors_with_keys()}
        here = set(keys_in(keys_folder(database, keys)))
    for author in sorted({*in_force, *here}):
        known = in_force.get(author, ())
        lies = "; a private key lies here" if author in here else ""
        for key in known:
            typer.echo(f"{author}  {key}  " + (f"in force{lies}" if key == known[-1] else "replaced"))
        if not known:
            typer.echo(f"{author}  no key is registered{lies}")


def ledger_forks(database: Database = DATABASE) -> None:
    """List the chains that stand still because their author signed two different entries with one number."""
    open_ledger(database)
    from synodos.ledger import forked_chains, forks_of

    with told():
        found = {chain: forks_of(chain) for chain in forked_chains()}
    for chain, branches in found.items():
        for branch in branches:
            typer.echo(f"{chain_text(chain)}  ends in {branch.tip.hash}, entry {branch.tip.number}")
    if found:
        say("Their authors settle it: `synodos ledger resolve CHAIN --keep HASH`.")
    else:
        say("No chain stands still.")


def ledger_resolve(
    chain: ChainWords,
    keep: Annotated[str, Option("--keep", help="Hash of an entry on the branch that stays.", show_default=False)],
    database: Database = DATABASE,
    keys: Keys = None,
) -> None:
    """Settle a fork in one's own chain: one branch counts, the others stay as evidence."""
    open_ledger(database)
    from synodos.ledger import resolve

    name = chain_from(chain)
    with told():
        resolve(name, keep.strip().lower(), signer=signer_of(name.author, keys_folder(database, keys)))
    say(f"{chain_text(name)} goes on behind {keep[:12]}; export it, so that others see it too.")


def _secretariat() -> str:
    """Return who keeps the registry of keys."""
    from synodos.ledger import the_ledger

    return str(the_ledger().secretariat)
