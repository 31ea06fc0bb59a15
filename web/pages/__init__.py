"""The pages, a module per noun. Each view parses, calls one command or query, then renders or redirects."""

from flask import Blueprint

from web.pages import (
    absences,
    answered,
    answering,
    audit,
    cases,
    complaints,
    directory,
    health,
    language,
    leaving,
    migrations,
    offers,
    practitioners,
    procedure,
    public,
    reports,
    roster,
    sealed,
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
    answered.pages, answering.pages,
    reports.pages, complaints.pages, public.pages, leaving.pages,
    absences.pages, roster.pages, sealed.pages, team.pages, directory.pages, practitioners.pages, procedure.pages,
    studio.pages, studio_editing.pages, studio_publishing.pages, migrations.pages,
)
