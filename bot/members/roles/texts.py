"""How roles and rights read (R08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.kernel.roles import Right, Role
from bot.members.roles.rules import Done, Exceeds, Refused
from bot.members.rules import RIGHTS

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.members.roles.rules import Overview
    from bot.members.rules import Member

TITLE_ROLES = N_("Roles")
HELP_ROLE = N_("Give or take a role")
HELP_GRANT = N_("Give somebody a role")
HELP_TAKE = N_("Take a role from somebody")
HELP_ROLES = N_("Who administers the group, in Telegram and in the bot")
FORM_TITLE = N_("Give or take roles")
LABEL_WHO = N_("Person")
LABEL_ROLE = N_("Role")
LABEL_ACT = N_("What to do")
GRANT = N_("Give the role")
TAKE = N_("Take the role")

AUDIT_PHRASES = {
    "role.granted": N_("{actor} gave {target} the role {after}"),
    "role.taken": N_("{actor} took the role {before} from {target}"),
}
_ROLES = {
    Role.OWNER: N_("owner"),
    Role.MANAGER: N_("manager"),
    Role.MODERATOR: N_("moderator"),
    Role.ORGANISER: N_("organiser"),
    Role.EDITOR: N_("editor"),
    Role.REVIEWER: N_("reviewer"),
    Role.VIEWER: N_("viewer"),
}
AUDIT_PHRASES |= {f"role={role.value}": name for role, name in _ROLES.items()}
_RIGHTS = {
    Right.VIEW: N_("read what managers read"),
    Right.ANNOUNCE: N_("draft announcements"),
    Right.PUBLISH: N_("publish announcements"),
    Right.REVIEW: N_("review drafts"),
    Right.MODERATE: N_("warn and mute"),
    Right.REMOVE: N_("remove members"),
    Right.EVENTS: N_("run events"),
    Right.SETTINGS: N_("change settings"),
    Right.ROLES: N_("give and take roles"),
    Right.AUDIT: N_("read the audit log"),
}
_TELEGRAM_RIGHTS = {
    "can_change_info": N_("change group info"),
    "can_delete_messages": N_("delete messages"),
    "can_restrict_members": N_("ban users"),
    "can_invite_users": N_("invite users"),
    "can_pin_messages": N_("pin messages"),
    "can_manage_topics": N_("manage topics"),
    "can_manage_tags": N_("manage tags"),
    "can_manage_video_chats": N_("manage live streams"),
    "can_promote_members": N_("add administrators"),
    "is_anonymous": N_("remain anonymous"),
}


def role_name(texts: Texts, role: Role) -> str:
    """Write a role."""
    return texts.label(_ROLES[role])


def right_name(texts: Texts, right: Right) -> str:
    """Write a right, as something that one may do."""
    return texts.label(_RIGHTS[right])


def ask_who(texts: Texts) -> Html:
    """Ask for a person."""
    return texts.gettext("Whose role is it? Send their <code>@name</code>, a mention or their numeric id.")


def ask_role(texts: Texts) -> Html:
    """Ask for a role."""
    return texts.gettext("Which role?")


def ask_act(texts: Texts) -> Html:
    """Ask whether to give or take."""
    return texts.gettext("Give it or take it?")


def which_role(texts: Texts, names: list[str]) -> Html:
    """Say which roles there are."""
    return texts.gettext("Name one of these roles: {roles}.", roles=texts.join(names))


def outcome(texts: Texts, result: Done | Exceeds | Refused, target: Member) -> Html:
    """Say what became of granting or taking."""
    match result:
        case Done("grant", _, role):
            return texts.gettext(
                "<b>{name}</b> now has the role {role}.", name=target.name, role=role_name(texts, role)
            )
        case Done(_, _, role):
            return texts.gettext(
                "<b>{name}</b> no longer has the role {role}.", name=target.name, role=role_name(texts, role)
            )
        case Exceeds(role, missing):
            return texts.gettext(
                "The role {role} includes rights that you do not have: {rights}. Nobody can give or take more than "
                "they have.",
                role=role_name(texts, role),
                rights=texts.join(right_name(texts, right) for right in sorted(missing)),
            )
        case Refused():
            return _refused(texts, result, target)


def _refused(texts: Texts, refused: Refused, target: Member) -> Html:
    role = role_name(texts, refused.role)
    match refused.reason:
        case "owner_role":
            return texts.gettext("The owner is whoever owns the group in Telegram. That cannot be changed here.")
        case "is_owner":
            return texts.gettext("<b>{name}</b> owns the group and may do everything.", name=target.name)
        case "oneself":
            return texts.gettext("Nobody gives themselves a role. Ask the owner or another administrator.")
        case "has":
            return texts.gettext("<b>{name}</b> has the role {role} already.", name=target.name, role=role)
        case "has_not":
            return texts.gettext("<b>{name}</b> does not have the role {role}.", name=target.name, role=role)
        case "gone":
            return texts.gettext("<b>{name}</b> is no longer in this group.", name=target.name)
        case "bot":
            return texts.gettext("<b>{name}</b> is a bot. Only people have roles.", name=target.name)
        case "no_right":
            return texts.gettext("You may not give or take roles in this group.")


def admin_title(texts: Texts, member: Member) -> str | None:
    """Write what somebody is in Telegram, with their own title; None for who is neither owner nor administrator."""
    if not member.is_admin:
        return None
    what = texts.label(N_("owner")) if member.is_creator else texts.label(N_("administrator"))
    if not member.custom_title:
        return what
    return texts.label(N_("{what} “{title}”"), what=what, title=member.custom_title)


def overview(texts: Texts, found: Overview) -> Html:
    """Show Telegram's administrators and the bot's roles, apart."""
    lines = [texts.gettext("<b>In Telegram</b>")]
    lines += [_admin(texts, admin) for admin in found.admins] or [texts.gettext("Not known yet.")]
    if found.refreshed_at is not None:
        lines.append(texts.gettext("<i>as of {when}</i>", when=texts.when(found.refreshed_at)))
    lines += [Html(), texts.gettext("<b>In the bot</b>")]
    if not found.roles:
        lines.append(texts.gettext("Nobody has a role. Give one with <code>/role grant @name moderator</code>."))
    for role, members in found.roles:
        names = texts.join(member.name for member in members)
        lines.append(texts.gettext("• {role}: {names}", role=role_name(texts, role), names=names))
    return Html("\n").join(lines)


def _admin(texts: Texts, admin: Member) -> Html:
    title = admin_title(texts, admin) or ""
    if admin.is_creator:
        return texts.gettext("• <b>{name}</b>: {title}", name=admin.name, title=title)
    if admin.person.is_bot:
        title = texts.label(N_("bot"))
    rights = [texts.label(_TELEGRAM_RIGHTS[right]) for right in RIGHTS if right in admin.admin_rights]
    shown = texts.join(rights) if rights else texts.gettext("no special rights, as far as I know")
    return texts.gettext("• <b>{name}</b>: {title} ({rights})", name=admin.name, title=title, rights=shown)
