{#- A gender as f or m, from an explicit vocabulary; every other word is dropped.
    Source: Meta's customer information parameters page, which has only these two. -#}
{% macro capi_normalise_gender(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_gender_text("cleaned"), offline_capi.capi_gender_verdict("text")) }}
{%- endmacro %}

{#- The reason code if a value is dropped; NULL if it is kept or missing. -#}
{% macro capi_gender_drop_reason(value) -%} {{ offline_capi.capi_normalise_gender(value, "dropped") }} {%- endmacro %}

{#- The text that the verdict judges: the cleaned value without what does not count. -#}
{% macro capi_gender_text(cleaned) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_width(cleaned), "[\\p{P}\\p{Z}\\p{C}]+", "") }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_gender_verdict(text) -%}
    case
        when {{ text }} is null then null
        when
            {{ text }} in {{ offline_capi.capi_literals([
                "f", "female", "fem", "woman", "girl", "lady", "w", "weiblich", "frau", "femme", "féminin", "feminin", "mujer", "femenino", "mulher",
                "feminino", "donna", "femmina", "femminile", "vrouw", "vrouwelijk", "kvinna", "kvinde", "kvinne", "kobieta", "mrs", "ms", "miss", "mme", "mlle", "madame", "kvinnlig",
                "señora", "senora", "sra", "srta", "signora", "sigra", "mevrouw", "mevr", "fru", "pani", "she", "sheher",
                "kadın", "kadin", "bayan", "ж", "жен", "женский", "женщина", "жіноча", "žena", "ženské", "nő", "femeie", "feminină", "γυναίκα", "θήλυ", "nainen",
                "女", "女性", "女士", "여", "여자", "여성", "أنثى", "انثى", "נקבה", "หญิง", "nữ", "perempuan", "wanita",
            ]) }}
        then 'f'
        when
            {{ text }} in {{ offline_capi.capi_literals([
                "m", "male", "man", "boy", "gentleman", "männlich", "mannlich", "maennlich", "herr", "homme", "masculin", "hombre", "masculino", "homem", "uomo",
                "maschio", "maschile", "mannelijk", "mand", "mann", "mężczyzna", "mezczyzna", "mr", "sir", "monsieur", "señor", "senor",
                "sr", "signore", "sig", "meneer", "dhr", "pan", "he", "hehim",
                "erkek", "bay", "м", "муж", "мужской", "мужчина", "чоловіча", "muž", "mužské", "férfi", "bărbat", "masculină", "άνδρας", "άνδρασ", "άρρεν", "mies",
                "男", "男性", "남", "남자", "남성", "ذكر", "זכר", "ชาย", "nam", "lakilaki", "pria", "manlig",
            ]) }}
        then 'm'
        else {{ offline_capi.capi_drop("gender_unknown") }}
    end
{%- endmacro %}
