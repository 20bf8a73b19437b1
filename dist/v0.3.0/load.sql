-- The Islamabad dialogue of 2025 and the strength of the TTP and ISIS-K: who says what, version 0.3.0
-- Run this with DuckDB in the folder that holds it: duckdb -init load.sql

CREATE OR REPLACE VIEW "sources" AS SELECT * FROM read_parquet('tables/sources.parquet');
COMMENT ON VIEW "sources" IS 'A document that carries claims: which one it is, who published it and when, and from which documents it was taken.';
COMMENT ON COLUMN "sources"."id" IS 'The id of this source, which is also the name of its file. Write src- and then small letters, digits and single hyphens, such as "src-dawn-1931664". A published id is never used for anything else and never disappears.';
COMMENT ON COLUMN "sources"."type" IS 'What kind of document it is. article: news or comment; speech: words spoken; report: a long document of an institution; statement: a press release or briefing; post: on a social network; dataset: a table or database; encyclopedia: an article in a reference work.';
COMMENT ON COLUMN "sources"."title" IS 'The title as printed. Leave it out, or write null, when it is not known; do not make one up.';
COMMENT ON COLUMN "sources"."publisher" IS 'Who published the document: a medium, an institution, or a person for a post.';
COMMENT ON COLUMN "sources"."author" IS 'The author''s name as printed, such as "Naveed Siddiqui". Leave it out when none is printed.';
COMMENT ON COLUMN "sources"."published_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "sources"."published_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "sources"."published_earliest" IS 'The first day that "published_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "sources"."published_latest" IS 'The last day that "published_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "sources"."published_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "sources"."published_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "sources"."published_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "sources"."language" IS 'The language of the text that was read, as a BCP 47 tag: "en" for English, "prs" for Dari, "ps" for Pashto.';
COMMENT ON COLUMN "sources"."url" IS 'The address of the document itself.';
COMMENT ON COLUMN "sources"."archive_url" IS 'The address of an archived copy that will not change. Pages vanish: please give one.';
COMMENT ON COLUMN "sources"."access" IS 'How much of it the coder has seen. seen: the whole text; excerpt_seen: a part; cited_not_seen: only that another document cites it. A claim needs a source that was at least partly seen.';
COMMENT ON COLUMN "sources"."accessed_on" IS 'The day on which the coder read it, such as "2026-11-23".';
COMMENT ON COLUMN "sources"."text_sha256" IS 'The SHA-256 of the text that was read, if that text is at hand; the text itself is never stored here. It lets a program check the quotes.';
COMMENT ON COLUMN "sources"."coding_by" IS 'The person or team that wrote the record, such as "stemma-maintainers".';
COMMENT ON COLUMN "sources"."coding_on" IS 'The day on which it was written, such as "2026-11-23".';
COMMENT ON COLUMN "sources"."coding_status" IS 'How far the record has been checked. draft: written by one coder (this is meant when it is left out); reviewed: a second person compared it with its source.';
COMMENT ON COLUMN "sources"."coding_note" IS 'Anything a later reader must know: how a doubtful passage was read, what was left open.';
COMMENT ON COLUMN "sources"."merged_into" IS 'Only for a duplicate: the id of the source that replaces this one. The file stays, so that old references still lead somewhere.';
COMMENT ON COLUMN "sources"."withdrawn" IS 'Only for a source that should not be used any more: the reason, in a sentence. The file stays.';
COMMENT ON COLUMN "sources"."first_version" IS 'The first release that has a record with this id. The version of this release: the id is new in it.';
COMMENT ON COLUMN "sources"."changed_version" IS 'The last release in which the content of the record changed, or whether it is in use (withdrawn, merged_into). The version of this release: it changed since the one before, or is new. How the file writes the content, such as the order of properties, does not count.';
COMMENT ON COLUMN "sources"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "sources"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "source_lineage" AS SELECT * FROM read_parquet('tables/source_lineage.parquet');
COMMENT ON VIEW "source_lineage" IS 'From which other documents this one as a whole was taken. What is true of a single claim only goes into that claim''s via.';
COMMENT ON COLUMN "source_lineage"."source_id" IS 'The id of the source that this row belongs to.';
COMMENT ON COLUMN "source_lineage"."lineage_ordinal" IS 'The position in the list "lineage", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "source_lineage"."source" IS 'The document from which it was taken.';
COMMENT ON COLUMN "source_lineage"."relation" IS 'How it was taken (terms of PROV-O). was_quoted_from: it repeats words of that document; was_derived_from: it retells or adapts it; was_revision_of: it is a later version of it; had_primary_source: it names that document as the origin, but was not copied from it. The first three mean reuse: such documents are one channel, not two.';
COMMENT ON COLUMN "source_lineage"."basis" IS 'How you know.';
COMMENT ON COLUMN "source_lineage"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "source_lineage"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "actors" AS SELECT * FROM read_parquet('tables/actors.parquet');
COMMENT ON VIEW "actors" IS 'Somebody who acts or speaks: a state, a body, an office, a person, a group.';
COMMENT ON COLUMN "actors"."id" IS 'The id of this actor, which is also the name of its file. Write act- and then small letters, digits and single hyphens, such as "act-ttp". A published id is never used for anything else and never disappears.';
COMMENT ON COLUMN "actors"."name" IS 'The name under which readers will look for the actor, such as "Tehrik-e-Taliban Pakistan".';
COMMENT ON COLUMN "actors"."type" IS 'What kind of actor it is. state; government_body: a ministry or agency; office: a post whose holder is not named; person; armed_group; political_group: a party, movement or de facto authority; igo: an organisation of states; igo_body: a part of one; academic: a university or institute; media; company; unnamed_group: people that a document mentions without a name.';
COMMENT ON COLUMN "actors"."aliases" IS 'Other names that documents use, as printed, such as "TTP".';
COMMENT ON COLUMN "actors"."place" IS 'Where the actor has its seat, or the place of the same name for a state.';
COMMENT ON COLUMN "actors"."xref_wikidata" IS 'Its Wikidata item, such as "Q843".';
COMMENT ON COLUMN "actors"."xref_geonames" IS 'Its GeoNames number, for states and other actors that are places too, such as "1168579".';
COMMENT ON COLUMN "actors"."xref_opensanctions" IS 'Its OpenSanctions id, such as "NK-abc123".';
COMMENT ON COLUMN "actors"."xref_ucdp" IS 'Its actor number at the Uppsala Conflict Data Program, such as "303".';
COMMENT ON COLUMN "actors"."xref_un_list" IS 'Its reference number on the sanctions list of the UN Security Council, such as "QDe.132".';
COMMENT ON COLUMN "actors"."coding_by" IS 'The person or team that wrote the record, such as "stemma-maintainers".';
COMMENT ON COLUMN "actors"."coding_on" IS 'The day on which it was written, such as "2026-11-23".';
COMMENT ON COLUMN "actors"."coding_status" IS 'How far the record has been checked. draft: written by one coder (this is meant when it is left out); reviewed: a second person compared it with its source.';
COMMENT ON COLUMN "actors"."coding_note" IS 'Anything a later reader must know: how a doubtful passage was read, what was left open.';
COMMENT ON COLUMN "actors"."merged_into" IS 'Only for a duplicate: the id of the actor that replaces this one. The file stays, so that old references still lead somewhere.';
COMMENT ON COLUMN "actors"."withdrawn" IS 'Only for an actor that should not be used any more: the reason, in a sentence. The file stays.';
COMMENT ON COLUMN "actors"."first_version" IS 'The first release that has a record with this id. The version of this release: the id is new in it.';
COMMENT ON COLUMN "actors"."changed_version" IS 'The last release in which the content of the record changed, or whether it is in use (withdrawn, merged_into). The version of this release: it changed since the one before, or is new. How the file writes the content, such as the order of properties, does not count.';
COMMENT ON COLUMN "actors"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "actors"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "actor_roles" AS SELECT * FROM read_parquet('tables/actor_roles.parquet');
COMMENT ON VIEW "actor_roles" IS 'Offices that a person holds or held, one entry for each.';
COMMENT ON COLUMN "actor_roles"."actor_id" IS 'The id of the actor that this row belongs to.';
COMMENT ON COLUMN "actor_roles"."roles_ordinal" IS 'The position in the list "roles", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "actor_roles"."title" IS 'The office as printed, such as "Foreign Minister".';
COMMENT ON COLUMN "actor_roles"."of" IS 'The state or body to which the office belongs.';
COMMENT ON COLUMN "actor_roles"."from_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "actor_roles"."from_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "actor_roles"."from_earliest" IS 'The first day that "from_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "actor_roles"."from_latest" IS 'The last day that "from_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "actor_roles"."from_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "actor_roles"."from_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "actor_roles"."from_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "actor_roles"."to_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "actor_roles"."to_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "actor_roles"."to_earliest" IS 'The first day that "to_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "actor_roles"."to_latest" IS 'The last day that "to_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "actor_roles"."to_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "actor_roles"."to_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "actor_roles"."to_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "actor_roles"."source" IS 'The document that says so.';
COMMENT ON COLUMN "actor_roles"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "actor_roles"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "actor_acts_for" AS SELECT * FROM read_parquet('tables/actor_acts_for.parquet');
COMMENT ON VIEW "actor_acts_for" IS 'For whom this actor speaks or acts, as an envoy does for a state, one entry for each. What it says counts as said by that actor too.';
COMMENT ON COLUMN "actor_acts_for"."actor_id" IS 'The id of the actor that this row belongs to.';
COMMENT ON COLUMN "actor_acts_for"."acts_for_ordinal" IS 'The position in the list "acts_for", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "actor_acts_for"."actor" IS 'The actor for whom it speaks.';
COMMENT ON COLUMN "actor_acts_for"."from_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "actor_acts_for"."from_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "actor_acts_for"."from_earliest" IS 'The first day that "from_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "actor_acts_for"."from_latest" IS 'The last day that "from_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "actor_acts_for"."from_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "actor_acts_for"."from_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "actor_acts_for"."from_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "actor_acts_for"."to_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "actor_acts_for"."to_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "actor_acts_for"."to_earliest" IS 'The first day that "to_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "actor_acts_for"."to_latest" IS 'The last day that "to_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "actor_acts_for"."to_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "actor_acts_for"."to_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "actor_acts_for"."to_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "actor_acts_for"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "actor_acts_for"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "places" AS SELECT * FROM read_parquet('tables/places.parquet');
COMMENT ON VIEW "places" IS 'Somewhere that documents mention: a country, a city, a building.';
COMMENT ON COLUMN "places"."id" IS 'The id of this place, which is also the name of its file. Write plc- and then small letters, digits and single hyphens, such as "plc-kabul". A published id is never used for anything else and never disappears.';
COMMENT ON COLUMN "places"."name" IS 'The name of the place, such as "Kabul".';
COMMENT ON COLUMN "places"."country" IS 'The country in which it lies, as ISO 3166-1 alpha-2 code: "AF" for Afghanistan.';
COMMENT ON COLUMN "places"."within" IS 'The next larger place in which it lies, such as the country of a city.';
COMMENT ON COLUMN "places"."geonames" IS 'Its GeoNames number, such as "1138958".';
COMMENT ON COLUMN "places"."wikidata" IS 'Its Wikidata item, such as "Q889".';
COMMENT ON COLUMN "places"."lat" IS 'Latitude in degrees, north positive (WGS 84), such as 34.5.';
COMMENT ON COLUMN "places"."lat_exact" IS 'The number in "lat" exactly as it was written.';
COMMENT ON COLUMN "places"."lon" IS 'Longitude in degrees, east positive (WGS 84), such as 69.2.';
COMMENT ON COLUMN "places"."lon_exact" IS 'The number in "lon" exactly as it was written.';
COMMENT ON COLUMN "places"."coding_by" IS 'The person or team that wrote the record, such as "stemma-maintainers".';
COMMENT ON COLUMN "places"."coding_on" IS 'The day on which it was written, such as "2026-11-23".';
COMMENT ON COLUMN "places"."coding_status" IS 'How far the record has been checked. draft: written by one coder (this is meant when it is left out); reviewed: a second person compared it with its source.';
COMMENT ON COLUMN "places"."coding_note" IS 'Anything a later reader must know: how a doubtful passage was read, what was left open.';
COMMENT ON COLUMN "places"."merged_into" IS 'Only for a duplicate: the id of the place that replaces this one. The file stays, so that old references still lead somewhere.';
COMMENT ON COLUMN "places"."withdrawn" IS 'Only for a place that should not be used any more: the reason, in a sentence. The file stays.';
COMMENT ON COLUMN "places"."first_version" IS 'The first release that has a record with this id. The version of this release: the id is new in it.';
COMMENT ON COLUMN "places"."changed_version" IS 'The last release in which the content of the record changed, or whether it is in use (withdrawn, merged_into). The version of this release: it changed since the one before, or is new. How the file writes the content, such as the order of properties, does not count.';
COMMENT ON COLUMN "places"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "places"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "measures" AS SELECT * FROM read_parquet('tables/measures.parquet');
COMMENT ON VIEW "measures" IS 'What is counted or asserted: a strength, an attendance, a presence. Together with subject, place and event it makes a question.';
COMMENT ON COLUMN "measures"."id" IS 'The id of this measure, which is also the name of its file. Write msr- and then small letters, digits and single hyphens, such as "msr-fighter-strength". A published id is never used for anything else and never disappears.';
COMMENT ON COLUMN "measures"."name" IS 'A short name, such as "Fighter strength".';
COMMENT ON COLUMN "measures"."description" IS 'What exactly is counted or asserted, so that two coders would decide alike what belongs here.';
COMMENT ON COLUMN "measures"."value_type" IS 'What a value of this measure is. quantity: a number; boolean: true or false; category: one of the measure''s categories; date; place; text: words, which are kept but never compared.';
COMMENT ON COLUMN "measures"."unit" IS 'For quantities: the unit in which values are given unless they say otherwise, a code from policy.json such as "person". Leave it out for plain numbers such as ranks.';
COMMENT ON COLUMN "measures"."nonnegative" IS 'For quantities: whether the number can never be below zero. true is meant when it is left out.';
COMMENT ON COLUMN "measures"."temporality" IS 'How the measure relates to time. stock: it holds at a moment, as a strength does; flow: it adds up over a period, as casualties do; event: it belongs to one event.';
COMMENT ON COLUMN "measures"."period" IS 'The calendar bucket in which values are compared: P1D a day, P1M a month, P6M half a year, P1Y a year. Leave it out when time plays no part, as with most measures about one event.';
COMMENT ON COLUMN "measures"."rounding" IS 'For quantities: how sources print them. exact: 50 means fifty; rounded: a round number without a hedge may be a rounded one.';
COMMENT ON COLUMN "measures"."broader" IS 'A more general measure of which this is a special case.';
COMMENT ON COLUMN "measures"."coding_by" IS 'The person or team that wrote the record, such as "stemma-maintainers".';
COMMENT ON COLUMN "measures"."coding_on" IS 'The day on which it was written, such as "2026-11-23".';
COMMENT ON COLUMN "measures"."coding_status" IS 'How far the record has been checked. draft: written by one coder (this is meant when it is left out); reviewed: a second person compared it with its source.';
COMMENT ON COLUMN "measures"."coding_note" IS 'Anything a later reader must know: how a doubtful passage was read, what was left open.';
COMMENT ON COLUMN "measures"."merged_into" IS 'Only for a duplicate: the id of the measure that replaces this one. The file stays, so that old references still lead somewhere.';
COMMENT ON COLUMN "measures"."withdrawn" IS 'Only for a measure that should not be used any more: the reason, in a sentence. The file stays.';
COMMENT ON COLUMN "measures"."first_version" IS 'The first release that has a record with this id. The version of this release: the id is new in it.';
COMMENT ON COLUMN "measures"."changed_version" IS 'The last release in which the content of the record changed, or whether it is in use (withdrawn, merged_into). The version of this release: it changed since the one before, or is new. How the file writes the content, such as the order of properties, does not count.';
COMMENT ON COLUMN "measures"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "measures"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "measure_populations" AS SELECT * FROM read_parquet('tables/measure_populations.parquet');
COMMENT ON VIEW "measure_populations" IS 'For counts that documents mix up: the groups that may be meant, one entry for each. If there are any, every claim on this measure names one.';
COMMENT ON COLUMN "measure_populations"."measure_id" IS 'The id of the measure that this row belongs to.';
COMMENT ON COLUMN "measure_populations"."populations_ordinal" IS 'The position in the list "populations", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "measure_populations"."code" IS 'Its short name, used in claims, such as "fighters_and_families".';
COMMENT ON COLUMN "measure_populations"."name" IS 'What it means, such as "Fighters and their families".';
COMMENT ON COLUMN "measure_populations"."includes" IS 'Codes of populations of this measure that are part of this one.';
COMMENT ON COLUMN "measure_populations"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "measure_populations"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "measure_categories" AS SELECT * FROM read_parquet('tables/measure_categories.parquet');
COMMENT ON VIEW "measure_categories" IS 'For category measures: the values that are allowed, one entry for each.';
COMMENT ON COLUMN "measure_categories"."measure_id" IS 'The id of the measure that this row belongs to.';
COMMENT ON COLUMN "measure_categories"."categories_ordinal" IS 'The position in the list "categories", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "measure_categories"."code" IS 'Its short name, used in claims, such as "informal".';
COMMENT ON COLUMN "measure_categories"."name" IS 'What it means, such as "Informal".';
COMMENT ON COLUMN "measure_categories"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "measure_categories"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "measure_entails" AS SELECT * FROM read_parquet('tables/measure_entails.parquet');
COMMENT ON VIEW "measure_entails" IS 'Boolean measures that follow from this quantity, one entry for each: a positive number of fighters entails their presence.';
COMMENT ON COLUMN "measure_entails"."measure_id" IS 'The id of the measure that this row belongs to.';
COMMENT ON COLUMN "measure_entails"."entails_ordinal" IS 'The position in the list "entails", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "measure_entails"."measure" IS 'The boolean measure that follows.';
COMMENT ON COLUMN "measure_entails"."condition" IS 'When it follows. positive: when the number is above zero.';
COMMENT ON COLUMN "measure_entails"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "measure_entails"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "events" AS SELECT * FROM read_parquet('tables/events.parquet');
COMMENT ON VIEW "events" IS 'What happened, was planned or was called off. The record only names the event; what is said about it stands in accounts, one for each claimant and source.';
COMMENT ON COLUMN "events"."id" IS 'The id of this event, which is also the name of its file. Write evt- and then small letters, digits and single hyphens, such as "evt-kabul-trilateral". A published id is never used for anything else and never disappears.';
COMMENT ON COLUMN "events"."type" IS 'What kind of event it is. meeting; visit; statement: words said in public; criticism: a statement against somebody; agreement; attack; other.';
COMMENT ON COLUMN "events"."label" IS 'A short name of our own for readers, such as "Trilateral meeting in Kabul". It asserts nothing: dates, places and outcomes belong into accounts.';
COMMENT ON COLUMN "events"."title_verbatim" IS 'The event''s own title as printed, if it has one.';
COMMENT ON COLUMN "events"."topics" IS 'What it is about, in the words of the documents, one entry for each topic.';
COMMENT ON COLUMN "events"."coding_by" IS 'The person or team that wrote the record, such as "stemma-maintainers".';
COMMENT ON COLUMN "events"."coding_on" IS 'The day on which it was written, such as "2026-11-23".';
COMMENT ON COLUMN "events"."coding_status" IS 'How far the record has been checked. draft: written by one coder (this is meant when it is left out); reviewed: a second person compared it with its source.';
COMMENT ON COLUMN "events"."coding_note" IS 'Anything a later reader must know: how a doubtful passage was read, what was left open.';
COMMENT ON COLUMN "events"."merged_into" IS 'Only for a duplicate: the id of the event that replaces this one. The file stays, so that old references still lead somewhere.';
COMMENT ON COLUMN "events"."withdrawn" IS 'Only for an event that should not be used any more: the reason, in a sentence. The file stays.';
COMMENT ON COLUMN "events"."first_version" IS 'The first release that has a record with this id. The version of this release: the id is new in it.';
COMMENT ON COLUMN "events"."changed_version" IS 'The last release in which the content of the record changed, or whether it is in use (withdrawn, merged_into). The version of this release: it changed since the one before, or is new. How the file writes the content, such as the order of properties, does not count.';
COMMENT ON COLUMN "events"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "events"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "event_relations" AS SELECT * FROM read_parquet('tables/event_relations.parquet');
COMMENT ON VIEW "event_relations" IS 'How this event relates to others, one entry for each. Never a cause.';
COMMENT ON COLUMN "event_relations"."event_id" IS 'The id of the event that this row belongs to.';
COMMENT ON COLUMN "event_relations"."relations_ordinal" IS 'The position in the list "relations", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "event_relations"."type" IS 'part_of: it belongs to the other event; follows: it comes after it; concurrent: both happen at the same time, and nothing more is said.';
COMMENT ON COLUMN "event_relations"."event" IS 'The other event.';
COMMENT ON COLUMN "event_relations"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "event_relations"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "event_accounts" AS SELECT * FROM read_parquet('tables/event_accounts.parquet');
COMMENT ON VIEW "event_accounts" IS 'Who says what about the event: one entry for each claimant in each source. Accounts may contradict each other.';
COMMENT ON COLUMN "event_accounts"."event_id" IS 'The id of the event that this row belongs to.';
COMMENT ON COLUMN "event_accounts"."accounts_ordinal" IS 'The position in the list "accounts", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "event_accounts"."claimant" IS 'Who gives this account. Leave it out only when attribution is anonymous, editorial, unattributed or ambiguous. Never the document itself.';
COMMENT ON COLUMN "event_accounts"."claimant_label" IS 'The claimant as printed, such as "sources". Required when attribution is anonymous; use the same spelling for the same people throughout a document.';
COMMENT ON COLUMN "event_accounts"."attribution" IS 'How the document ties this account to its claimant: direct, indirect, anonymous, editorial, unattributed or ambiguous.';
COMMENT ON COLUMN "event_accounts"."status" IS 'What became of the event, in this account. planned; held: it took place, for meetings; ongoing; occurred: it happened, for other events; postponed: put off; rescheduled: put off to a new date; cancelled. A rescheduled event stays the same record.';
COMMENT ON COLUMN "event_accounts"."when_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "event_accounts"."when_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "event_accounts"."when_earliest" IS 'The first day that "when_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "event_accounts"."when_latest" IS 'The last day that "when_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "event_accounts"."when_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "event_accounts"."when_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "event_accounts"."when_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "event_accounts"."place" IS 'Where it takes or took place, in this account.';
COMMENT ON COLUMN "event_accounts"."place_precision" IS 'How precisely the place is known. exact: in that town or at that spot; near: close to it; adm2: somewhere in that district; adm1: somewhere in that province; vague: a region without clear bounds; country: somewhere in that country; international: abroad or between countries.';
COMMENT ON COLUMN "event_accounts"."quote" IS 'The phrase on which the account rests, copied letter by letter, at most 200 characters and never a whole sentence.';
COMMENT ON COLUMN "event_accounts"."source" IS 'The document that carries this account.';
COMMENT ON COLUMN "event_accounts"."locator" IS 'Where in the document it stands, such as "¶4".';
COMMENT ON COLUMN "event_accounts"."as_of_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "event_accounts"."as_of_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "event_accounts"."as_of_earliest" IS 'The first day that "as_of_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "event_accounts"."as_of_latest" IS 'The last day that "as_of_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "event_accounts"."as_of_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "event_accounts"."as_of_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "event_accounts"."as_of_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "event_accounts"."said_on_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "event_accounts"."said_on_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "event_accounts"."said_on_earliest" IS 'The first day that "said_on_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "event_accounts"."said_on_latest" IS 'The last day that "said_on_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "event_accounts"."said_on_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "event_accounts"."said_on_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "event_accounts"."said_on_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "event_accounts"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "event_accounts"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "event_accounts_participants" AS SELECT * FROM read_parquet('tables/event_accounts_participants.parquet');
COMMENT ON VIEW "event_accounts_participants" IS 'Who took part or was to take part, one entry for each actor or group and state.';
COMMENT ON COLUMN "event_accounts_participants"."event_id" IS 'The id of the event that this row belongs to.';
COMMENT ON COLUMN "event_accounts_participants"."accounts_ordinal" IS 'The position in the list "accounts", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "event_accounts_participants"."participants_ordinal" IS 'The position in the list "participants", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "event_accounts_participants"."actor" IS 'Who takes part. Give this or group_label, not both.';
COMMENT ON COLUMN "event_accounts_participants"."group_label" IS 'For people without a name: the words of the document, such as "social activists". Give this or actor, not both.';
COMMENT ON COLUMN "event_accounts_participants"."role" IS 'What the actor does at the event. organizer: prepares or leads it; host: receives it; participant: takes part; speaker: speaks; target: it is directed at them; visitor: travels there; supporter: helps from outside.';
COMMENT ON COLUMN "event_accounts_participants"."state" IS 'How far it came. invited: was asked; accepted: said yes; declined: said no; expected: is said to be coming; attended: was there; absent: was not there. Leave it out when the document does not say.';
COMMENT ON COLUMN "event_accounts_participants"."stance" IS 'assert: the claimant says that it is so (this is meant when it is left out); deny: the claimant says that it is not so.';
COMMENT ON COLUMN "event_accounts_participants"."quote" IS 'The phrase that says so, copied letter by letter, at most 200 characters. Leave it out when the account''s own quote says it.';
COMMENT ON COLUMN "event_accounts_participants"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "event_accounts_participants"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "event_accounts_via" AS SELECT * FROM read_parquet('tables/event_accounts_via.parquet');
COMMENT ON VIEW "event_accounts_via" IS 'Through which other documents this account came, where that differs from the lineage of the source.';
COMMENT ON COLUMN "event_accounts_via"."event_id" IS 'The id of the event that this row belongs to.';
COMMENT ON COLUMN "event_accounts_via"."accounts_ordinal" IS 'The position in the list "accounts", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "event_accounts_via"."via_ordinal" IS 'The position in the list "via", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "event_accounts_via"."source" IS 'The document from which it was taken.';
COMMENT ON COLUMN "event_accounts_via"."relation" IS 'How it was taken (terms of PROV-O). was_quoted_from: it repeats words of that document; was_derived_from: it retells or adapts it; was_revision_of: it is a later version of it; had_primary_source: it names that document as the origin, but was not copied from it. The first three mean reuse: such documents are one channel, not two.';
COMMENT ON COLUMN "event_accounts_via"."basis" IS 'How you know.';
COMMENT ON COLUMN "event_accounts_via"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "event_accounts_via"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "event_accounts_based_on" AS SELECT * FROM read_parquet('tables/event_accounts_based_on.parquet');
COMMENT ON VIEW "event_accounts_based_on" IS 'The evidence on which the claimant relies, one entry for each piece.';
COMMENT ON COLUMN "event_accounts_based_on"."event_id" IS 'The id of the event that this row belongs to.';
COMMENT ON COLUMN "event_accounts_based_on"."accounts_ordinal" IS 'The position in the list "accounts", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "event_accounts_based_on"."based_on_ordinal" IS 'The position in the list "based_on", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "event_accounts_based_on"."source" IS 'The document on which the claimant relies. Give this or claim, not both.';
COMMENT ON COLUMN "event_accounts_based_on"."claim" IS 'The claim on which the claimant relies. Give this or source, not both.';
COMMENT ON COLUMN "event_accounts_based_on"."basis" IS 'How you know that the claimant relies on it.';
COMMENT ON COLUMN "event_accounts_based_on"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "event_accounts_based_on"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "claims" AS SELECT * FROM read_parquet('tables/claims.parquet');
COMMENT ON VIEW "claims" IS 'One source''s rendering of one claimant''s answer to one question. A claim says who says what; it never says what is true.';
COMMENT ON COLUMN "claims"."id" IS 'The id of this claim, which is also the name of its file. Write clm- and then small letters, digits and single hyphens, such as "clm-seed-28-isis-k-strength". A published id is never used for anything else and never disappears.';
COMMENT ON COLUMN "claims"."claimant" IS 'Who says it. Leave it out only when attribution is anonymous, editorial, unattributed or ambiguous. Never the document itself.';
COMMENT ON COLUMN "claims"."claimant_label" IS 'The claimant as printed, such as "sources". Required when attribution is anonymous; use the same spelling for the same people throughout a document.';
COMMENT ON COLUMN "claims"."attribution" IS 'How the document ties the words to the claimant: direct, indirect, anonymous, editorial, unattributed or ambiguous.';
COMMENT ON COLUMN "claims"."stance" IS 'What the claimant does with the value. assert: says that it is so (this is meant when it is left out; a plain "has not" asserts false); deny: the document says that the claimant denies it, and value is the statement denied; no_comment: says nothing, and there is no value; retract: takes an earlier claim back.';
COMMENT ON COLUMN "claims"."modality" IS 'In which sense it is said. actual: it is so (this is meant when it is left out); planned: it shall be so; conditional: it would be so, if; evaluative: a judgement; normative: it ought to be so.';
COMMENT ON COLUMN "claims"."question_measure" IS 'What is counted or asserted.';
COMMENT ON COLUMN "claims"."question_subject" IS 'Whom it is about, such as the group whose fighters are counted.';
COMMENT ON COLUMN "claims"."question_object" IS 'A second actor in the statement, such as the one who is fought.';
COMMENT ON COLUMN "claims"."question_place" IS 'Where: the narrowest place that the sentence implies.';
COMMENT ON COLUMN "claims"."question_event" IS 'The event that it is about.';
COMMENT ON COLUMN "claims"."question_population" IS 'Which group is counted, a code from the measure''s populations. Required when the measure lists any.';
COMMENT ON COLUMN "claims"."value_type" IS 'What kind of value it is, the same as the measure''s: quantity, boolean, category, date, place or text. Only the parts of that type are filled in.';
COMMENT ON COLUMN "claims"."value_verbatim" IS 'The words that carry the value, copied letter by letter from the quote. For a number only its digits or words, such as "2,000", without the hedge.';
COMMENT ON COLUMN "claims"."value_hedge" IS 'For quantities: the kind of hedge before the number, such as about for "approximately" and nearly for "almost". Leave it out when there is none.';
COMMENT ON COLUMN "claims"."value_hedge_verbatim" IS 'For quantities: the hedge as printed, copied from the quote, such as "approximately".';
COMMENT ON COLUMN "claims"."value_number" IS 'For quantities: the number, such as 2000 for "2,000". For "at least 40" write 40 with the hedge at_least.';
COMMENT ON COLUMN "claims"."value_number_exact" IS 'The number in "value_number" exactly as it was written.';
COMMENT ON COLUMN "claims"."value_low" IS 'For quantities printed as a range: the lower end, such as 25 for "25 to 30".';
COMMENT ON COLUMN "claims"."value_low_exact" IS 'The number in "value_low" exactly as it was written.';
COMMENT ON COLUMN "claims"."value_high" IS 'For quantities printed as a range: the upper end, such as 30 for "25 to 30".';
COMMENT ON COLUMN "claims"."value_high_exact" IS 'The number in "value_high" exactly as it was written.';
COMMENT ON COLUMN "claims"."value_unit" IS 'For quantities: the unit, a code from policy.json, if it is another one than the measure''s.';
COMMENT ON COLUMN "claims"."value_boolean" IS 'For booleans: true or false.';
COMMENT ON COLUMN "claims"."value_category" IS 'For categories: a code from the measure''s categories.';
COMMENT ON COLUMN "claims"."value_date_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "claims"."value_date_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "claims"."value_date_earliest" IS 'The first day that "value_date_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "claims"."value_date_latest" IS 'The last day that "value_date_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "claims"."value_date_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "claims"."value_date_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "claims"."value_date_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "claims"."value_place" IS 'For places: the place that is claimed.';
COMMENT ON COLUMN "claims"."value_text" IS 'For texts: what is said, in a few English words; for an English document mostly the same as verbatim.';
COMMENT ON COLUMN "claims"."value_special" IS 'Instead of any other part: some_value when the claimant says that there is one but not which, no_value when the claimant says that there is none (terms of Wikibase).';
COMMENT ON COLUMN "claims"."quote" IS 'The phrase that carries the value, copied letter by letter from the document, at most 200 characters and never a whole sentence.';
COMMENT ON COLUMN "claims"."source" IS 'The document that carries the claim. It must have been seen at least in part.';
COMMENT ON COLUMN "claims"."locator" IS 'Where in the document the quote stands, such as "¶4".';
COMMENT ON COLUMN "claims"."as_of_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "claims"."as_of_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "claims"."as_of_earliest" IS 'The first day that "as_of_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "claims"."as_of_latest" IS 'The last day that "as_of_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "claims"."as_of_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "claims"."as_of_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "claims"."as_of_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "claims"."said_on_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "claims"."said_on_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "claims"."said_on_earliest" IS 'The first day that "said_on_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "claims"."said_on_latest" IS 'The last day that "said_on_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "claims"."said_on_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "claims"."said_on_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "claims"."said_on_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "claims"."utterance" IS 'A name of your own for one act of speech, the same in all claims that render it, such as "envoy-at-council". Small letters, digits and single hyphens.';
COMMENT ON COLUMN "claims"."revises" IS 'An earlier claim that the same claimant corrects or takes back with this one.';
COMMENT ON COLUMN "claims"."reading_ambiguous" IS 'true when the words allow another reading as well; coding.note says which.';
COMMENT ON COLUMN "claims"."coding_by" IS 'The person or team that wrote the record, such as "stemma-maintainers".';
COMMENT ON COLUMN "claims"."coding_on" IS 'The day on which it was written, such as "2026-11-23".';
COMMENT ON COLUMN "claims"."coding_status" IS 'How far the record has been checked. draft: written by one coder (this is meant when it is left out); reviewed: a second person compared it with its source.';
COMMENT ON COLUMN "claims"."coding_note" IS 'Anything a later reader must know: how a doubtful passage was read, what was left open.';
COMMENT ON COLUMN "claims"."merged_into" IS 'Only for a duplicate: the id of the claim that replaces this one. The file stays, so that old references still lead somewhere.';
COMMENT ON COLUMN "claims"."withdrawn" IS 'Only for a claim that should not be used any more: the reason, in a sentence. The file stays.';
COMMENT ON COLUMN "claims"."question_id" IS 'The question that the claim answers; see the table disagreement.';
COMMENT ON COLUMN "claims"."first_version" IS 'The first release that has a record with this id. The version of this release: the id is new in it.';
COMMENT ON COLUMN "claims"."changed_version" IS 'The last release in which the content of the record changed, or whether it is in use (withdrawn, merged_into). The version of this release: it changed since the one before, or is new. How the file writes the content, such as the order of properties, does not count.';
COMMENT ON COLUMN "claims"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "claims"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "claim_via" AS SELECT * FROM read_parquet('tables/claim_via.parquet');
COMMENT ON VIEW "claim_via" IS 'Through which other documents this claim came, where that differs from the lineage of the source.';
COMMENT ON COLUMN "claim_via"."claim_id" IS 'The id of the claim that this row belongs to.';
COMMENT ON COLUMN "claim_via"."via_ordinal" IS 'The position in the list "via", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "claim_via"."source" IS 'The document from which it was taken.';
COMMENT ON COLUMN "claim_via"."relation" IS 'How it was taken (terms of PROV-O). was_quoted_from: it repeats words of that document; was_derived_from: it retells or adapts it; was_revision_of: it is a later version of it; had_primary_source: it names that document as the origin, but was not copied from it. The first three mean reuse: such documents are one channel, not two.';
COMMENT ON COLUMN "claim_via"."basis" IS 'How you know.';
COMMENT ON COLUMN "claim_via"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "claim_via"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "claim_based_on" AS SELECT * FROM read_parquet('tables/claim_based_on.parquet');
COMMENT ON VIEW "claim_based_on" IS 'The evidence on which the claimant relies, one entry for each piece. Never the document that carries the claim.';
COMMENT ON COLUMN "claim_based_on"."claim_id" IS 'The id of the claim that this row belongs to.';
COMMENT ON COLUMN "claim_based_on"."based_on_ordinal" IS 'The position in the list "based_on", from 0, as in a JSON Pointer.';
COMMENT ON COLUMN "claim_based_on"."source" IS 'The document on which the claimant relies. Give this or claim, not both.';
COMMENT ON COLUMN "claim_based_on"."claim" IS 'The claim on which the claimant relies. Give this or source, not both.';
COMMENT ON COLUMN "claim_based_on"."basis" IS 'How you know that the claimant relies on it.';
COMMENT ON COLUMN "claim_based_on"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "claim_based_on"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';

CREATE OR REPLACE VIEW "disagreement" AS SELECT * FROM read_parquet('tables/disagreement.parquet');
COMMENT ON VIEW "disagreement" IS 'One row for each question: what is asked, who answers, and how the answers stand to each other. No column says what is true.';
COMMENT ON COLUMN "disagreement"."question_id" IS 'The question: q- and the first 16 hexadecimal digits of the SHA-256 of the canonical JSON (RFC 8785) of its eight parts. The same question has the same id in every release.';
COMMENT ON COLUMN "disagreement"."measure" IS 'What is counted or asserted: the id of a measure.';
COMMENT ON COLUMN "disagreement"."subject" IS 'Of whom: the id of an actor. Null if the question names none.';
COMMENT ON COLUMN "disagreement"."object" IS 'Towards whom: the id of an actor. Null if the question names none.';
COMMENT ON COLUMN "disagreement"."place" IS 'Where: the id of a place. Null if the question names none.';
COMMENT ON COLUMN "disagreement"."event" IS 'At which event: its id. Null if the question names none.';
COMMENT ON COLUMN "disagreement"."population" IS 'Which people are counted: a code of the measure. Null if the measure lists none.';
COMMENT ON COLUMN "disagreement"."modality" IS 'In which sense it is said: actual, planned, conditional, evaluative or normative. A plan and a fact are different questions.';
COMMENT ON COLUMN "disagreement"."period" IS 'When: the calendar bucket that holds the latest day of the claims'' effective as-of, as EDTF: a day, a month, a year, or an interval of six months. "undated" if no such day is known; null if the measure has no period.';
COMMENT ON COLUMN "disagreement"."n_claims" IS 'How many claims answer the question: authored, derived from accounts, and entailed by other claims.';
COMMENT ON COLUMN "disagreement"."n_current" IS 'How many of them are current.';
COMMENT ON COLUMN "disagreement"."n_superseded" IS 'How many of them are not current; question_claims says why. n_claims = n_current + n_superseded.';
COMMENT ON COLUMN "disagreement"."n_denying" IS 'How many current claims deny a value.';
COMMENT ON COLUMN "disagreement"."n_no_comment" IS 'How many current claims are refusals to comment.';
COMMENT ON COLUMN "disagreement"."n_entailed" IS 'How many current claims follow from claims about another measure.';
COMMENT ON COLUMN "disagreement"."n_anonymous" IS 'How many current claims come from somebody who is not named.';
COMMENT ON COLUMN "disagreement"."n_asof_inferred" IS 'How many current claims do not say as of when they hold, so that the day of speaking or of publication stands for it.';
COMMENT ON COLUMN "disagreement"."n_origins" IS 'How many origins stand behind the current assertions: actors (whoever they speak for), the evidence that they rely on, or documents.';
COMMENT ON COLUMN "disagreement"."n_channels" IS 'How many documents the current assertions lead back to, when every copy is followed to what it was copied from.';
COMMENT ON COLUMN "disagreement"."n_independent" IS 'The size of a maximum matching between origins and channels: an upper bound of how many independent answers there are. Two claimants known through one article count 1, one claimant repeated by ten outlets counts 1.';
COMMENT ON COLUMN "disagreement"."n_independent_stated" IS 'The same with only those links between documents that a document itself states; coders'' judgements and text overlap are left out.';
COMMENT ON COLUMN "disagreement"."claimants" IS 'Who asserts a value, sorted: the actor''s id; for others the label as printed, or the id of the document that speaks in its own voice.';
COMMENT ON COLUMN "disagreement"."denying_actors" IS 'Who denies a value, sorted, named as in claimants.';
COMMENT ON COLUMN "disagreement"."values_asserted" IS 'The different values asserted, sorted as texts, with hedge: "about 6000", "6000..6500", "true".';
COMMENT ON COLUMN "disagreement"."lower_min" IS 'The lowest lower bound of any origin: the lower end of the hull. Null if an origin sets none, or if the values are no numbers. In the measure''s unit.';
COMMENT ON COLUMN "disagreement"."lower_min_exact" IS 'The number in "lower_min" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "disagreement"."lower_min_inclusive" IS 'Whether lower_min itself is included. Null if there is no such bound.';
COMMENT ON COLUMN "disagreement"."lower_max" IS 'The highest lower bound of any origin: the lower end of what all can agree on. Above upper_min, nothing is left to agree on. Null if no origin sets one. In the measure''s unit.';
COMMENT ON COLUMN "disagreement"."lower_max_exact" IS 'The number in "lower_max" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "disagreement"."lower_max_inclusive" IS 'Whether lower_max itself is included. Null if there is no such bound.';
COMMENT ON COLUMN "disagreement"."upper_min" IS 'The lowest upper bound of any origin: the upper end of what all can agree on. Null if no origin sets one. In the measure''s unit.';
COMMENT ON COLUMN "disagreement"."upper_min_exact" IS 'The number in "upper_min" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "disagreement"."upper_min_inclusive" IS 'Whether upper_min itself is included. Null if there is no such bound.';
COMMENT ON COLUMN "disagreement"."upper_max" IS 'The highest upper bound of any origin: the upper end of the hull. Null if an origin sets none, or if the values are no numbers. In the measure''s unit.';
COMMENT ON COLUMN "disagreement"."upper_max_exact" IS 'The number in "upper_max" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "disagreement"."upper_max_inclusive" IS 'Whether upper_max itself is included. Null if there is no such bound.';
COMMENT ON COLUMN "disagreement"."best_min" IS 'The lowest number stated, hedges aside; printed ranges state none. In the measure''s unit.';
COMMENT ON COLUMN "disagreement"."best_min_exact" IS 'The number in "best_min" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "disagreement"."best_median" IS 'The lower median of the numbers stated, each counted once per origin. In the measure''s unit.';
COMMENT ON COLUMN "disagreement"."best_median_exact" IS 'The number in "best_median" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "disagreement"."best_max" IS 'The highest number stated. In the measure''s unit.';
COMMENT ON COLUMN "disagreement"."best_max_exact" IS 'The number in "best_max" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "disagreement"."spread_ratio" IS 'upper_max / lower_min: how many times the highest is the lowest. Null if a bound is missing or lower_min is not above zero.';
COMMENT ON COLUMN "disagreement"."spread_ratio_exact" IS 'The number in "spread_ratio" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "disagreement"."gap_ratio" IS 'lower_max / upper_min, for conflicting questions: how far the versions are apart. Null for others.';
COMMENT ON COLUMN "disagreement"."gap_ratio_exact" IS 'The number in "gap_ratio" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "disagreement"."overlap_share" IS '(upper_min - lower_max) / (upper_max - lower_min): which part of the hull all agree on; negative where there is a gap. Null if a bound is missing or the hull is a point.';
COMMENT ON COLUMN "disagreement"."overlap_share_exact" IS 'The number in "overlap_share" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "disagreement"."value_class" IS 'How the values asserted stand to each other, by the first rule that applies. no_value: nothing is asserted; uncontested: one origin; not_comparable: words, an undated question or units that cannot be converted; conflicting: no value would satisfy every origin; corroborated: two origins through two documents say nearly the same; compatible: all can be true. Denials do not enter here.';
COMMENT ON COLUMN "disagreement"."value_class_stated" IS 'The same class when only stated links between documents count.';
COMMENT ON COLUMN "disagreement"."denied" IS 'Whether somebody current denies something that a current claim of another origin asserts.';
COMMENT ON COLUMN "disagreement"."agreement_class" IS 'denied_only if nothing is asserted and something is denied; else denied if denied is true; else value_class. To find conflicts, ask value_class and denied: a question may be both.';
COMMENT ON COLUMN "disagreement"."rendering_conflict" IS 'Whether two documents that render one act of speech give values that cannot both be right.';
COMMENT ON COLUMN "disagreement"."prev_question_id" IS 'The same question in the latest earlier period that has any claim. Null if there is none.';
COMMENT ON COLUMN "disagreement"."policy_version" IS 'The version of policy.json by which this row was computed.';

CREATE OR REPLACE VIEW "question_claims" AS SELECT * FROM read_parquet('tables/question_claims.parquet');
COMMENT ON VIEW "question_claims" IS 'One row for each claim in each question that it answers: authored claims, and those that follow from accounts and from other claims. Every row leads back to a record and a place in it.';
COMMENT ON COLUMN "question_claims"."question_id" IS 'The question that the claim answers; see the table disagreement.';
COMMENT ON COLUMN "question_claims"."claim_key" IS 'Which claim: its id; for a claim derived from an account, the event''s id, # and the JSON Pointer (RFC 6901) of the part of the record that says it.';
COMMENT ON COLUMN "question_claims"."derivation" IS 'How the claim comes about. Null: a coder wrote it as a claim. participation, status, when, place: from an account of an event; no_comment: from a refusal to comment; entailment: it follows from a claim about another measure (claim_key says which).';
COMMENT ON COLUMN "question_claims"."record_path" IS 'The file of the record that the claim leads back to.';
COMMENT ON COLUMN "question_claims"."pointer" IS 'Where in that record it is said: a JSON Pointer (RFC 6901); empty for the whole record.';
COMMENT ON COLUMN "question_claims"."origin" IS 'Who stands behind the claim: the evidence relied on, else the claimant, collapsed to whoever they act for; for unnamed claimants the document and the label; else the document''s publisher. Several are sorted and joined by " + ".';
COMMENT ON COLUMN "question_claims"."channels" IS 'The documents that the claim leads back to through all copies, sorted.';
COMMENT ON COLUMN "question_claims"."lower" IS 'The lower end of what the claim admits, hedge included, in the measure''s unit. Null if there is none.';
COMMENT ON COLUMN "question_claims"."lower_exact" IS 'The number in "lower" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "question_claims"."lower_inclusive" IS 'Whether lower itself is included.';
COMMENT ON COLUMN "question_claims"."upper" IS 'The upper end of what the claim admits, hedge included, in the measure''s unit. Null if there is none.';
COMMENT ON COLUMN "question_claims"."upper_exact" IS 'The number in "upper" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "question_claims"."upper_inclusive" IS 'Whether upper itself is included.';
COMMENT ON COLUMN "question_claims"."stance" IS 'What the claimant does with the value: assert, deny, no_comment or retract. For deny, the bounds are those of what is denied.';
COMMENT ON COLUMN "question_claims"."current" IS 'Whether the claim counts: nothing has superseded it.';
COMMENT ON COLUMN "question_claims"."why_not_current" IS 'revised: a claim of the same origin replaces it by name; retracted: its origin took it back; newer: the same claimant said something later; rescheduled: a plan from before the event was rescheduled, and there is a newer plan; base: it follows from a claim that is not current.';
COMMENT ON COLUMN "question_claims"."superseded_by" IS 'The claim_key of the claim that superseded it; the first in time, if several did.';
COMMENT ON COLUMN "question_claims"."as_of_earliest" IS 'The first day of the claim''s effective as-of. Null if open or unknown.';
COMMENT ON COLUMN "question_claims"."as_of_latest" IS 'The last day of the claim''s effective as-of. Null if open or unknown.';
COMMENT ON COLUMN "question_claims"."as_of_from" IS 'What the effective as-of is: as_of, as the document says; said_on, the day of speaking; published, the day of first publication: that of its document, or of what the document was copied from. Null if no date is known.';

CREATE OR REPLACE VIEW "sensitivity" AS SELECT * FROM read_parquet('tables/sensitivity.parquet');
COMMENT ON VIEW "sensitivity" IS 'One row for each variant of the policy''s two thresholds: how many questions would change class. It shows how far the classes depend on choices that could have been made otherwise.';
COMMENT ON COLUMN "sensitivity"."tolerance" IS 'τ of this variant, a decimal: the share by which hedged and rounded numbers may differ.';
COMMENT ON COLUMN "sensitivity"."corroboration_ratio" IS 'The corroboration ratio of this variant, a decimal.';
COMMENT ON COLUMN "sensitivity"."n_questions" IS 'How many questions there are under this variant.';
COMMENT ON COLUMN "sensitivity"."n_value_class_changed" IS 'How many questions have another value_class than under the dataset''s policy.';
COMMENT ON COLUMN "sensitivity"."n_agreement_class_changed" IS 'How many questions have another agreement_class than under the dataset''s policy.';
COMMENT ON COLUMN "sensitivity"."n_value_class_stated_changed" IS 'How many questions have another value_class_stated than under the dataset''s policy.';
COMMENT ON COLUMN "sensitivity"."n_no_value" IS 'How many questions have the value_class no_value: nothing is asserted (under this variant).';
COMMENT ON COLUMN "sensitivity"."n_uncontested" IS 'How many questions have the value_class uncontested: one origin (under this variant).';
COMMENT ON COLUMN "sensitivity"."n_not_comparable" IS 'How many questions have the value_class not_comparable: values that cannot be compared (under this variant).';
COMMENT ON COLUMN "sensitivity"."n_conflicting" IS 'How many questions have the value_class conflicting: versions that cannot all be true (under this variant).';
COMMENT ON COLUMN "sensitivity"."n_corroborated" IS 'How many questions have the value_class corroborated: two origins through two documents that say nearly the same (under this variant).';
COMMENT ON COLUMN "sensitivity"."n_compatible" IS 'How many questions have the value_class compatible: versions that can all be true (under this variant).';
COMMENT ON COLUMN "sensitivity"."n_denied" IS 'How many questions are denied by somebody under this variant.';
COMMENT ON COLUMN "sensitivity"."policy_version" IS 'The version of policy.json by which this row was computed.';

CREATE OR REPLACE VIEW "measure_statistics" AS SELECT * FROM read_parquet('tables/measure_statistics.parquet');
COMMENT ON VIEW "measure_statistics" IS 'One row for each measure: how many questions it has in each class, and how far origins agree on its numbers.';
COMMENT ON COLUMN "measure_statistics"."measure" IS 'The id of the measure.';
COMMENT ON COLUMN "measure_statistics"."value_type" IS 'What a value of the measure is.';
COMMENT ON COLUMN "measure_statistics"."n_questions" IS 'How many questions about the measure there are.';
COMMENT ON COLUMN "measure_statistics"."n_claims" IS 'How many claims answer them, current or not; a claim counts in every question that it answers.';
COMMENT ON COLUMN "measure_statistics"."n_no_value" IS 'How many questions have the value_class no_value: nothing is asserted.';
COMMENT ON COLUMN "measure_statistics"."n_uncontested" IS 'How many questions have the value_class uncontested: one origin.';
COMMENT ON COLUMN "measure_statistics"."n_not_comparable" IS 'How many questions have the value_class not_comparable: values that cannot be compared.';
COMMENT ON COLUMN "measure_statistics"."n_conflicting" IS 'How many questions have the value_class conflicting: versions that cannot all be true.';
COMMENT ON COLUMN "measure_statistics"."n_corroborated" IS 'How many questions have the value_class corroborated: two origins through two documents that say nearly the same.';
COMMENT ON COLUMN "measure_statistics"."n_compatible" IS 'How many questions have the value_class compatible: versions that can all be true.';
COMMENT ON COLUMN "measure_statistics"."n_denied" IS 'How many questions have denied = true.';
COMMENT ON COLUMN "measure_statistics"."n_denied_only" IS 'How many questions have the agreement_class denied_only: denials of what nobody asserts.';
COMMENT ON COLUMN "measure_statistics"."alpha" IS 'Krippendorff''s alpha with the ratio metric, over the numbers stated: questions are the units, origins the coders, one number each (the lower median of the origin''s numbers). 1: all say the same; 0: no better than chance. Rounded half to even to nine decimals. Null where undefined: for other measures than nonnegative quantities, with fewer than two comparable values, or if all values are equal.';
COMMENT ON COLUMN "measure_statistics"."alpha_exact" IS 'The number in "alpha" exactly: a decimal, or a fraction p/q in lowest terms.';
COMMENT ON COLUMN "measure_statistics"."n_alpha_questions" IS 'How many questions entered alpha: those with numbers of two origins or more. Null for measures to which alpha does not apply.';
COMMENT ON COLUMN "measure_statistics"."n_alpha_values" IS 'How many numbers entered alpha. Null for measures to which alpha does not apply.';
COMMENT ON COLUMN "measure_statistics"."policy_version" IS 'The version of policy.json by which this row was computed.';

CREATE OR REPLACE VIEW "claims_flat" AS SELECT
  c."id",
  c."claimant",
  t1."name" AS "claimant_name",
  c."claimant_label",
  c."attribution",
  c."stance",
  c."modality",
  c."question_measure",
  t2."name" AS "question_measure_name",
  c."question_subject",
  t3."name" AS "question_subject_name",
  c."question_object",
  t4."name" AS "question_object_name",
  c."question_place",
  t5."name" AS "question_place_name",
  c."question_event",
  t6."label" AS "question_event_label",
  c."question_population",
  c."value_type",
  c."value_verbatim",
  c."value_hedge",
  c."value_hedge_verbatim",
  c."value_number",
  c."value_number_exact",
  c."value_low",
  c."value_low_exact",
  c."value_high",
  c."value_high_exact",
  c."value_unit",
  c."value_boolean",
  c."value_category",
  c."value_date_verbatim",
  c."value_date_edtf",
  c."value_date_earliest",
  c."value_date_latest",
  c."value_date_reading",
  c."value_date_inferred",
  c."value_date_basis",
  t7."title" AS "value_date_basis_title",
  c."value_place",
  t8."name" AS "value_place_name",
  c."value_text",
  c."value_special",
  c."quote",
  c."source",
  t9."title" AS "source_title",
  c."locator",
  c."as_of_verbatim",
  c."as_of_edtf",
  c."as_of_earliest",
  c."as_of_latest",
  c."as_of_reading",
  c."as_of_inferred",
  c."as_of_basis",
  t10."title" AS "as_of_basis_title",
  c."said_on_verbatim",
  c."said_on_edtf",
  c."said_on_earliest",
  c."said_on_latest",
  c."said_on_reading",
  c."said_on_inferred",
  c."said_on_basis",
  t11."title" AS "said_on_basis_title",
  c."utterance",
  c."revises",
  c."reading_ambiguous",
  c."coding_by",
  c."coding_on",
  c."coding_status",
  c."coding_note",
  c."merged_into",
  c."withdrawn",
  c."question_id",
  c."first_version",
  c."changed_version",
  c."record_path",
  c."record_sha256"
FROM "claims" AS c
LEFT JOIN "actors" AS t1 ON t1."id" = c."claimant"
LEFT JOIN "measures" AS t2 ON t2."id" = c."question_measure"
LEFT JOIN "actors" AS t3 ON t3."id" = c."question_subject"
LEFT JOIN "actors" AS t4 ON t4."id" = c."question_object"
LEFT JOIN "places" AS t5 ON t5."id" = c."question_place"
LEFT JOIN "events" AS t6 ON t6."id" = c."question_event"
LEFT JOIN "sources" AS t7 ON t7."id" = c."value_date_basis"
LEFT JOIN "places" AS t8 ON t8."id" = c."value_place"
LEFT JOIN "sources" AS t9 ON t9."id" = c."source"
LEFT JOIN "sources" AS t10 ON t10."id" = c."as_of_basis"
LEFT JOIN "sources" AS t11 ON t11."id" = c."said_on_basis";
COMMENT ON VIEW "claims_flat" IS 'The claims with names beside the ids: one row for each claim.';
COMMENT ON COLUMN "claims_flat"."id" IS 'The id of this claim, which is also the name of its file. Write clm- and then small letters, digits and single hyphens, such as "clm-seed-28-isis-k-strength". A published id is never used for anything else and never disappears.';
COMMENT ON COLUMN "claims_flat"."claimant" IS 'Who says it. Leave it out only when attribution is anonymous, editorial, unattributed or ambiguous. Never the document itself.';
COMMENT ON COLUMN "claims_flat"."claimant_name" IS 'The name of the record in "actors" that "claimant" names.';
COMMENT ON COLUMN "claims_flat"."claimant_label" IS 'The claimant as printed, such as "sources". Required when attribution is anonymous; use the same spelling for the same people throughout a document.';
COMMENT ON COLUMN "claims_flat"."attribution" IS 'How the document ties the words to the claimant: direct, indirect, anonymous, editorial, unattributed or ambiguous.';
COMMENT ON COLUMN "claims_flat"."stance" IS 'What the claimant does with the value. assert: says that it is so (this is meant when it is left out; a plain "has not" asserts false); deny: the document says that the claimant denies it, and value is the statement denied; no_comment: says nothing, and there is no value; retract: takes an earlier claim back.';
COMMENT ON COLUMN "claims_flat"."modality" IS 'In which sense it is said. actual: it is so (this is meant when it is left out); planned: it shall be so; conditional: it would be so, if; evaluative: a judgement; normative: it ought to be so.';
COMMENT ON COLUMN "claims_flat"."question_measure" IS 'What is counted or asserted.';
COMMENT ON COLUMN "claims_flat"."question_measure_name" IS 'The name of the record in "measures" that "question_measure" names.';
COMMENT ON COLUMN "claims_flat"."question_subject" IS 'Whom it is about, such as the group whose fighters are counted.';
COMMENT ON COLUMN "claims_flat"."question_subject_name" IS 'The name of the record in "actors" that "question_subject" names.';
COMMENT ON COLUMN "claims_flat"."question_object" IS 'A second actor in the statement, such as the one who is fought.';
COMMENT ON COLUMN "claims_flat"."question_object_name" IS 'The name of the record in "actors" that "question_object" names.';
COMMENT ON COLUMN "claims_flat"."question_place" IS 'Where: the narrowest place that the sentence implies.';
COMMENT ON COLUMN "claims_flat"."question_place_name" IS 'The name of the record in "places" that "question_place" names.';
COMMENT ON COLUMN "claims_flat"."question_event" IS 'The event that it is about.';
COMMENT ON COLUMN "claims_flat"."question_event_label" IS 'The label of the record in "events" that "question_event" names.';
COMMENT ON COLUMN "claims_flat"."question_population" IS 'Which group is counted, a code from the measure''s populations. Required when the measure lists any.';
COMMENT ON COLUMN "claims_flat"."value_type" IS 'What kind of value it is, the same as the measure''s: quantity, boolean, category, date, place or text. Only the parts of that type are filled in.';
COMMENT ON COLUMN "claims_flat"."value_verbatim" IS 'The words that carry the value, copied letter by letter from the quote. For a number only its digits or words, such as "2,000", without the hedge.';
COMMENT ON COLUMN "claims_flat"."value_hedge" IS 'For quantities: the kind of hedge before the number, such as about for "approximately" and nearly for "almost". Leave it out when there is none.';
COMMENT ON COLUMN "claims_flat"."value_hedge_verbatim" IS 'For quantities: the hedge as printed, copied from the quote, such as "approximately".';
COMMENT ON COLUMN "claims_flat"."value_number" IS 'For quantities: the number, such as 2000 for "2,000". For "at least 40" write 40 with the hedge at_least.';
COMMENT ON COLUMN "claims_flat"."value_number_exact" IS 'The number in "value_number" exactly as it was written.';
COMMENT ON COLUMN "claims_flat"."value_low" IS 'For quantities printed as a range: the lower end, such as 25 for "25 to 30".';
COMMENT ON COLUMN "claims_flat"."value_low_exact" IS 'The number in "value_low" exactly as it was written.';
COMMENT ON COLUMN "claims_flat"."value_high" IS 'For quantities printed as a range: the upper end, such as 30 for "25 to 30".';
COMMENT ON COLUMN "claims_flat"."value_high_exact" IS 'The number in "value_high" exactly as it was written.';
COMMENT ON COLUMN "claims_flat"."value_unit" IS 'For quantities: the unit, a code from policy.json, if it is another one than the measure''s.';
COMMENT ON COLUMN "claims_flat"."value_boolean" IS 'For booleans: true or false.';
COMMENT ON COLUMN "claims_flat"."value_category" IS 'For categories: a code from the measure''s categories.';
COMMENT ON COLUMN "claims_flat"."value_date_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "claims_flat"."value_date_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "claims_flat"."value_date_earliest" IS 'The first day that "value_date_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "claims_flat"."value_date_latest" IS 'The last day that "value_date_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "claims_flat"."value_date_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "claims_flat"."value_date_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "claims_flat"."value_date_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "claims_flat"."value_date_basis_title" IS 'The title of the record in "sources" that "value_date_basis" names.';
COMMENT ON COLUMN "claims_flat"."value_place" IS 'For places: the place that is claimed.';
COMMENT ON COLUMN "claims_flat"."value_place_name" IS 'The name of the record in "places" that "value_place" names.';
COMMENT ON COLUMN "claims_flat"."value_text" IS 'For texts: what is said, in a few English words; for an English document mostly the same as verbatim.';
COMMENT ON COLUMN "claims_flat"."value_special" IS 'Instead of any other part: some_value when the claimant says that there is one but not which, no_value when the claimant says that there is none (terms of Wikibase).';
COMMENT ON COLUMN "claims_flat"."quote" IS 'The phrase that carries the value, copied letter by letter from the document, at most 200 characters and never a whole sentence.';
COMMENT ON COLUMN "claims_flat"."source" IS 'The document that carries the claim. It must have been seen at least in part.';
COMMENT ON COLUMN "claims_flat"."source_title" IS 'The title of the record in "sources" that "source" names.';
COMMENT ON COLUMN "claims_flat"."locator" IS 'Where in the document the quote stands, such as "¶4".';
COMMENT ON COLUMN "claims_flat"."as_of_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "claims_flat"."as_of_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "claims_flat"."as_of_earliest" IS 'The first day that "as_of_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "claims_flat"."as_of_latest" IS 'The last day that "as_of_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "claims_flat"."as_of_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "claims_flat"."as_of_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "claims_flat"."as_of_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "claims_flat"."as_of_basis_title" IS 'The title of the record in "sources" that "as_of_basis" names.';
COMMENT ON COLUMN "claims_flat"."said_on_verbatim" IS 'The date as printed, such as "August 25th and 26th". Leave it out when the document prints none.';
COMMENT ON COLUMN "claims_flat"."said_on_edtf" IS 'The date in EDTF (ISO 8601-2): a day "2025-08-20", a month "2025-08", an interval "2025-08-25/2025-08-26", one day of several "[2025-08-20..2025-08-25]", an open end "../2025-08-20", doubt "2025-08-20?".';
COMMENT ON COLUMN "claims_flat"."said_on_earliest" IS 'The first day that "said_on_edtf" admits; null if it has no beginning.';
COMMENT ON COLUMN "claims_flat"."said_on_latest" IS 'The last day that "said_on_edtf" admits; null if it has no end.';
COMMENT ON COLUMN "claims_flat"."said_on_reading" IS 'Whether the whole span is meant or one moment in it. throughout: it lasted from the first to the last day; sometime_in: at some time in the span. When left out: throughout for days and intervals, sometime_in for months, years, sets and open ends.';
COMMENT ON COLUMN "claims_flat"."said_on_inferred" IS 'The parts of the date that the document does not print and that the coder worked out: year, month, day. "August 25th" without a year has ["year"].';
COMMENT ON COLUMN "claims_flat"."said_on_basis" IS 'The source from which the inferred parts follow. Required when anything is inferred.';
COMMENT ON COLUMN "claims_flat"."said_on_basis_title" IS 'The title of the record in "sources" that "said_on_basis" names.';
COMMENT ON COLUMN "claims_flat"."utterance" IS 'A name of your own for one act of speech, the same in all claims that render it, such as "envoy-at-council". Small letters, digits and single hyphens.';
COMMENT ON COLUMN "claims_flat"."revises" IS 'An earlier claim that the same claimant corrects or takes back with this one.';
COMMENT ON COLUMN "claims_flat"."reading_ambiguous" IS 'true when the words allow another reading as well; coding.note says which.';
COMMENT ON COLUMN "claims_flat"."coding_by" IS 'The person or team that wrote the record, such as "stemma-maintainers".';
COMMENT ON COLUMN "claims_flat"."coding_on" IS 'The day on which it was written, such as "2026-11-23".';
COMMENT ON COLUMN "claims_flat"."coding_status" IS 'How far the record has been checked. draft: written by one coder (this is meant when it is left out); reviewed: a second person compared it with its source.';
COMMENT ON COLUMN "claims_flat"."coding_note" IS 'Anything a later reader must know: how a doubtful passage was read, what was left open.';
COMMENT ON COLUMN "claims_flat"."merged_into" IS 'Only for a duplicate: the id of the claim that replaces this one. The file stays, so that old references still lead somewhere.';
COMMENT ON COLUMN "claims_flat"."withdrawn" IS 'Only for a claim that should not be used any more: the reason, in a sentence. The file stays.';
COMMENT ON COLUMN "claims_flat"."question_id" IS 'The question that the claim answers; see the table disagreement.';
COMMENT ON COLUMN "claims_flat"."first_version" IS 'The first release that has a record with this id. The version of this release: the id is new in it.';
COMMENT ON COLUMN "claims_flat"."changed_version" IS 'The last release in which the content of the record changed, or whether it is in use (withdrawn, merged_into). The version of this release: it changed since the one before, or is new. How the file writes the content, such as the order of properties, does not count.';
COMMENT ON COLUMN "claims_flat"."record_path" IS 'The file that holds the record, relative to the dataset.';
COMMENT ON COLUMN "claims_flat"."record_sha256" IS 'The SHA-256 of the record''s canonical form, in hexadecimal.';
