"""Addresses of accounts: logging in, one's own account, and the people at the table.

Nobody signs up, and no password is sent by e-mail, so allauth's pages for that are not here.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as authenticator
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from synodos.web.accounts import views

urlpatterns: list[URLPattern] = [
    path("", views.own, name="account"),
    path("login/", account.login, name="account_login"),
    path("logout/", views.log_out, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("second-factor/", views.own, name="mfa_index"),
    path("second-factor/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("second-factor/again/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/set-up/", never_cache(authenticator.activate_totp), name="mfa_activate_totp"),
    path("second-factor/remove/", authenticator.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("erase/", views.erase_own, name="erase_own"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite_somebody, name="invite"),
    path("people/invitations/<int:key>/withdraw/", views.withdraw, name="withdraw"),
    path("people/<int:key>/", views.one, name="person"),
    path("people/<int:key>/new-link/", views.new_link, name="new_link"),
    path("people/<int:key>/erase/", views.erase_one, name="erase"),
    path("log/", views.log, name="log"),
]
