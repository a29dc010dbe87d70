"""Signatures against the test vectors of RFC 8032, and keys in files."""

import pickle
import stat
from dataclasses import replace

import pytest

from synodos.ledger import (
    LedgerError,
    Signer,
    is_encrypted,
    keys_in,
    load_signer,
    load_signers,
    new_signer,
    save_signer,
    verified,
)
from synodos.ledger.signing import all_signed, all_verified, key_file, promote_upcoming
from tests.ledger.councils import Council, signer

VECTORS = {  # RFC 8032, section 7.1: private key, public key, message, signature
    "test-1": (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    "test-2": (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    "test-3": (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
}


@pytest.mark.parametrize("vector", VECTORS)
def test_vectors_of_the_standard(vector):
    secret, public, message, signature = VECTORS[vector]
    one = Signer("esa", bytes.fromhex(secret))
    assert one.public_hex == public
    assert one.sign(bytes.fromhex(message)) == signature
    assert verified(public, bytes.fromhex(message), signature)


@pytest.mark.parametrize("vector", VECTORS)
def test_one_flipped_bit_anywhere_is_noticed(vector):
    _, public, message, signature = VECTORS[vector]
    body = bytes.fromhex(message)
    for place in range(512):
        assert not verified(public, body, _flipped(signature, place))
    for place in range(256):
        assert not verified(_flipped(public, place), body, signature)
    for place in range(8 * len(body)):
        assert not verified(public, bytes.fromhex(_flipped(message, place)), signature)


def _flipped(text, place):
    data = bytearray.fromhex(text)
    data[place // 8] ^= 1 << place % 8
    return data.hex()


@pytest.mark.parametrize(
    ("public", "signature"),
    [("", ""), ("d75a", "e556"), ("zz" * 32, "00" * 64), ("00" * 32, "no"), ("00" * 31, "00" * 64)],
)
def test_what_is_no_signature_does_not_hold(public, signature):
    assert not verified(public, b"", signature)


def test_an_entry_is_signed_over_all_that_it_says():
    entry = Council().add(signer("esa"), sign=True)
    assert verified(entry.key, entry.body, entry.signature)
    for change in (
        {"author": "nasa"},
        {"audience": "members"},
        {"number": 2},
        {"act": "retract"},
        {"kind": "element"},
        {"id": "other"},
        {"as_of": "2026-11-24"},
        {"content": {}},
        {"previous": "0" * 64},
    ):
        assert not verified(entry.key, replace(entry, **change).body, entry.signature)
    assert replace(entry, signature="").hash == entry.hash


def test_batches_for_processes():
    one = signer("esa")
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own, a line above
    bodies = [b"one", b"two"]
    signatures = all_signed([(one, body) for body in bodies])
    assert all_verified([(one.public_hex, *pair) for pair in zip(bodies, signatures, strict=True)]) == [True, True]
    assert all_verified([(one.public_hex, b"one", signatures[1])]) == [False]


def test_a_secret_is_not_shown():
    assert "secret" not in repr(new_signer("esa"))
    assert new_signer("esa").secret != new_signer("esa").secret


def test_a_key_comes_back_from_its_file_and_only_its_user_reads_it(tmp_path):
    folder = tmp_path / "keys"
    one = new_signer("esa")
    path = save_signer(one, folder)
    assert load_signer(folder, "esa") == one
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert keys_in(folder) == ("esa",)
    assert not is_encrypted(folder, "esa")


def test_an_encrypted_key_asks_for_its_passphrase(tmp_path):
    one = new_signer("esa")
    path = save_signer(one, tmp_path, "open sesame")
    save_signer(new_signer("nasa"), tmp_path)
    assert is_encrypted(tmp_path, "esa")
    assert one.secret not in path.read_bytes()
    assert load_signer(tmp_path, "esa", "open sesame") == one
    assert list(load_signers(tmp_path)) == ["nasa"]
    assert list(load_signers(tmp_path, "open sesame")) == ["esa", "nasa"]
    assert _code(load_signer, tmp_path, "esa") == "key.passphrase-missing"
    assert _code(load_signer, tmp_path, "esa", "open barley") == "key.passphrase-wrong"


def test_a_key_is_never_written_over(tmp_path):
    one = new_signer("esa")
    save_signer(one, tmp_path)
    assert _code(save_signer, new_signer("esa"), tmp_path) == "key.exists"
    assert load_signer(tmp_path, "esa") == one


def test_an_upcoming_key_waits_beside_the_old_one(tmp_path):
    old, new = new_signer("esa"), new_signer("esa")
    save_signer(old, tmp_path)
    save_signer(new, tmp_path, upcoming=True)
    assert keys_in(tmp_path) == ("esa",)
    assert load_signer(tmp_path, "esa") == old
    promote_upcoming(tmp_path, "esa")
    assert load_signer(tmp_path, "esa") == new
    assert not key_file(tmp_path, "esa", upcoming=True).exists()


def test_what_is_no_key_is_refused(tmp_path):
    assert _code(load_signer, tmp_path, "esa") == "key.missing"
    assert _code(is_encrypted, tmp_path, "esa") == "key.missing"
    assert _code(load_signer, tmp_path, "../esa") == "key.author"
    (tmp_path / "esa.pem").write_text("no key")
    assert _code(load_signer, tmp_path, "esa") == "key.form"
    assert _code(load_signers, tmp_path) == "key.form"
    (tmp_path / "esa.pem").write_bytes(_key_of_another_sort())
    assert _code(load_signer, tmp_path, "esa") == "key.form"
    (tmp_path / "file").write_text("in the way")
    assert _code(save_signer, new_signer("nasa"), tmp_path / "file") == "key.place"


def _key_of_another_sort():
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _code(call, *arguments):
    with pytest.raises(LedgerError) as caught:
        call(*arguments)
    return caught.value.code
