"""The pages, a module per noun. Each view parses, calls one command or query, then renders or redirects."""

from flask import Blueprint

from web.pages import (
    absences,
    audit,
    cases,
    health,
    language,
    leaving,
    offers,
    public,
    reports,
    roster,
    sign_in,
    studio,
    studio_editing,
    studio_publishing,
    team,
    work,
    worklist,
)

PAGES: tuple[Blueprint, ...] = (
    health.pages, sign_in.pages, language.pages, worklist.pages, work.pages, cases.pages, audit.pages, offers.pages,
    reports.pages, public.pages, leaving.pages,
    absences.pages, roster.pages, team.pages,
    studio.pages, studio_editing.pages, studio_publishing.pages,
)
