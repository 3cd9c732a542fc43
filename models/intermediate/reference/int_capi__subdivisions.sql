-- Written by scripts/generate_places.py from pycountry 26.2.16 (ISO 3166-2); do not edit.
with
    subdivisions (country, code, data_processing_state, names) as (
        values
            ('ca', 'ab', null, 'ab alberta'),
            ('ca', 'bc', null, 'bc britishcolumbia'),
            ('ca', 'mb', null, 'mb manitoba'),
            ('ca', 'nb', null, 'nb newbrunswick'),
            ('ca', 'nl', null, 'nl newfoundland newfoundlandandlabrador'),
            ('ca', 'ns', null, 'ns novascotia'),
            ('ca', 'nt', null, 'nt northwestterritories'),
            ('ca', 'nu', null, 'nu nunavut'),
            ('ca', 'on', null, 'on ontario'),
            ('ca', 'pe', null, 'pe princeedwardisland'),
            ('ca', 'qc', null, 'qc quebec québec'),
            ('ca', 'sk', null, 'sk saskatchewan'),
            ('ca', 'yt', null, 'yt yukon'),
            ('us', 'aa', null, 'aa armedforcesamericas'),
            ('us', 'ae', null, 'ae armedforceseurope'),
            ('us', 'ak', null, 'ak alaska'),
            ('us', 'al', null, 'al alabama'),
            ('us', 'ap', null, 'ap armedforcespacific'),
            ('us', 'ar', null, 'ar arkansas'),
            ('us', 'as', null, 'as americansamoa'),
            ('us', 'az', null, 'az arizona'),
            ('us', 'ca', 1000, 'ca california'),
            ('us', 'co', 1001, 'co colorado'),
            ('us', 'ct', 1002, 'ct connecticut'),
            ('us', 'dc', null, 'dc districtofcolumbia washingtondc washingtondistrictofcolumbia'),
            ('us', 'de', 1007, 'de delaware'),
            ('us', 'fl', 1003, 'fl florida'),
            ('us', 'ga', null, 'ga georgia'),
            ('us', 'gu', null, 'gu guam'),
            ('us', 'hi', null, 'hi hawaii'),
            ('us', 'ia', null, 'ia iowa'),
            ('us', 'id', null, 'id idaho'),
            ('us', 'il', null, 'il illinois'),
            ('us', 'in', null, 'in indiana'),
            ('us', 'ks', null, 'ks kansas'),
            ('us', 'ky', null, 'ky kentucky'),
            ('us', 'la', null, 'la louisiana'),
            ('us', 'ma', null, 'ma massachusetts'),
            ('us', 'md', 1012, 'md maryland'),
            ('us', 'me', null, 'me maine'),
            ('us', 'mi', null, 'mi michigan'),
            ('us', 'mn', 1011, 'mn minnesota'),
            ('us', 'mo', null, 'mo missouri'),
            ('us', 'mp', null, 'mp northernmarianaislands'),
            ('us', 'ms', null, 'ms mississippi'),
            ('us', 'mt', 1006, 'mt montana'),
            ('us', 'nc', null, 'nc northcarolina'),
            ('us', 'nd', null, 'nd northdakota'),
            ('us', 'ne', 1008, 'ne nebraska'),
            ('us', 'nh', 1009, 'nh newhampshire'),
            ('us', 'nj', 1010, 'nj newjersey'),
            ('us', 'nm', null, 'nm newmexico'),
            ('us', 'nv', null, 'nv nevada'),
            ('us', 'ny', null, 'ny newyork'),
            ('us', 'oh', null, 'oh ohio'),
            ('us', 'ok', null, 'ok oklahoma'),
            ('us', 'or', 1004, 'or oregon'),
            ('us', 'pa', null, 'pa pennsylvania'),
            ('us', 'pr', null, 'pr puertorico'),
            ('us', 'ri', 1013, 'ri rhodeisland'),
            ('us', 'sc', null, 'sc southcarolina'),
            ('us', 'sd', null, 'sd southdakota'),
            ('us', 'tn', null, 'tn tennessee'),
            ('us', 'tx', 1005, 'tx texas'),
            ('us', 'um', null, 'um unitedstatesminoroutlyingislands'),
            ('us', 'ut', null, 'ut utah'),
            ('us', 'va', null, 'va virginia'),
            ('us', 'vi', null, 'vi usvirginislands virginislands'),
            ('us', 'vt', null, 'vt vermont'),
            ('us', 'wa', null, 'wa washington'),
            ('us', 'wi', null, 'wi wisconsin'),
            ('us', 'wv', null, 'wv westvirginia'),
            ('us', 'wy', null, 'wy wyoming')
    ),

    named as (

        select country, code, cast(data_processing_state as integer) as data_processing_state, {{ capi_unnest(capi_split("names", " ")) }} as name
        from subdivisions

    ),

    countries (country, word) as (
        values ('us', 'us'), ('us', 'usa'), ('us', 'unitedstates'), ('ca', 'ca'), ('ca', 'can'), ('ca', 'canada')
    ),

    -- California (CA), CA - California, US-CA, US-California, California, USA.
    pairs as (

        select country, code, data_processing_state, code || ' ' || name as name
        from named
        where name <> code
        union all
        select country, code, data_processing_state, name || ' ' || code
        from named
        where name <> code
        union all
        select named.country, code, data_processing_state, word || ' ' || name
        from named
        inner join countries on named.country = countries.country
        union all
        select named.country, code, data_processing_state, name || ' ' || word
        from named
        inner join countries on named.country = countries.country
    )

select country, code, data_processing_state, name
from named
union all
select country, code, data_processing_state, name
from pairs
