{#- What the unused columns of a raw table probably are: (name in the raw table, our column) pairs, each at most once.
    Only names count: known ones, known ones after a word for whose it is, and those that differ by a typo. Takes the results of
    capi_raw_columns and capi_found_columns. If capi_columns has null for a column, no column is suggested for it. -#}
{% macro capi_likely_columns(table, columns, found) %}
    {%- set open, guesses, declined = {}, [], [] -%}
    {%- for ours, name in offline_capi.capi_columns_setting(table).items() if name is none -%} {%- do declined.append(ours) -%} {%- endfor -%}
    {%- for ours, words in offline_capi.capi_column_synonyms(table).items() -%}
        {%- set parts = ours.split(", ") -%}
        {%- if parts | reject("in", columns) | reject("in", declined) | list | length == parts | length -%}
            {%- for word in [ours | replace("_", "")] + words.split() if word not in open -%} {%- do open.update({word: ours}) -%} {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}

    {%- set unused, strange = found | reject("in", columns.values()) | list, {} -%}
    {%- for name in unused -%}
        {%- set key = offline_capi.capi_name_key(name) -%}
        {%- if key in open -%} {%- do guesses.append((0, name, open[key])) -%}
        {%- else -%}
            {%- set rest = [] -%}
            {%- for subject in offline_capi.capi_name_subjects(table) if key.startswith(subject) and key[subject | length :] in open -%}
                {%- do rest.append((2 if subject[:4] in ["ship", "deli", "lief"] else 1, name, open[key[subject | length :]])) -%}
            {%- endfor -%}
            {%- if rest -%} {%- do guesses.append(rest | sort | first) -%}
            {%- elif key | length > 5 -%} {%- do strange.update({key: name}) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if strange and open and flags.INTROSPECT -%}
        {%- for key, word in offline_capi.capi_similar_words(strange.keys() | list, open.keys() | list) -%}
            {%- do guesses.append((3, strange[key], open[word])) -%}
        {%- endfor -%}
    {%- endif -%}

    {%- set likely, taken = [], [] -%}
    {%- for rank in range(4) -%}
        {%- for guessed, name, ours in guesses if guessed == rank -%}
            {%- if name not in taken and ours not in taken -%}
                {%- do likely.append((name, ours)) -%}
                {%- do taken.extend([name, ours] + ours.split(", ")) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {#- If nothing else is the customer's number, the number of the loyalty card is. -#}
    {%- if "customer_id" in open.values() and "customer_id" not in taken -%}
        {%- set named = [] -%}
        {%- for name, ours in likely -%} {%- do named.append((name, "customer_id" if ours == "external_id" else ours)) -%} {%- endfor -%}
        {{ return(named) }}
    {%- endif -%}
    {{ return(likely) }}
{% endmacro %}
