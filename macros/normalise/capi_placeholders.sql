{#- What tills fill in where a customer gives nothing: hashed, it would make one person of strangers, so it is missing. Found in public reports
    and exports of shops; capi_placeholders adds a shop's own, as {column of customers: [values]}. -#}

{#- The values of a column that are missing, as the column's macro writes them; from the setting, and a few known ones. -#}
{% macro capi_placeholders(column) %}
    {%- set known = {
        "first_name": [
            "guest", "guestcustomer", "guestuser", "gast", "gastkunde", "invité", "invite", "invitado", "ospite", "gäst",
        ],
        "date_of_birth": ["19000101"],
    } -%}
    {%- set names = [
        "anonym", "anonymous", "cashcustomer", "cashsale", "customer", "firstname", "fname", "guestcustomer", "guestuser", "lastname", "lname",
        "laufkunde", "laufkundschaft", "nachname", "nofirstname", "nolastname", "noname", "poscustomer", "retailcustomer", "surname", "test",
        "testcustomer", "tester", "testtest", "testuser", "unknowncustomer", "vorname", "walkin", "walkincustomer", "walkinguest", "xx", "xxx", "xxxx",
        "barverkauf", "clientanonyme", "clientdepassage", "clientefinal", "clientegenerico", "clientegenérico", "clientevarios", "consumidorfinal",
        "publicogeneral", "públicogeneral", "publicoengeneral", "públicoengeneral",
        "barkunde", "barzahler", "clientcomptoir", "clientdivers", "clientemostrador", "consumidor", "diversekunde", "diversekunden", "keineangabe",
        "kassenkunde", "sammelkunde", "kontantkund", "losseklant", "balieklant", "klientdetaliczny", "klientanonimowy", "clientocazional", "nepoznat", "onbekend",
        "okänd", "inconnu", "inconnue", "desconocido", "desconhecido", "sconosciuto", "nieznany", "unbekannt", "ukendt", "ukjent", "tuntematon", "ismeretlen", "vásárló",
        "necunoscut", "neznámý", "bilinmiyor", "muhtelifmüşteri", "perakendemüşteri", "неизвестно", "неизвестный", "розничныйпокупатель", "невідомо", "ゲスト", "ゲスト様", "一般客", "一般顧客",
        "非会員", "匿名", "不明", "未知", "散客", "访客", "訪客", "游客", "匿名用户", "게스트", "비회원", "일반고객", "익명", "زائر", "ضيف", "ลูกค้าทั่วไป", "kháchlẻ", "kháchvãnglai", "pelangganumum",
    ] -%}
    {%- set found = known.get(column, []) + (names if column in ["first_name", "last_name"] else []) -%}
    {{ return(found + offline_capi.capi_own_placeholders(column)) }}
{% endmacro %}

{#- The shop's own of one column, in the form in which its values are compared. Raises an error where the setting is not read as it is meant. -#}
{% macro capi_own_placeholders(column) %}
    {%- set columns = ["email", "phone", "first_name", "last_name", "date_of_birth", "postal_code"] -%}
    {%- set declared, own = var("capi_placeholders", {}), [] -%}
    {%- set advice = "write lists of values by column, such as {email: ['till@shop.example']}, for " ~ columns | join(", ") -%}
    {%- if declared is not mapping or declared | reject("in", columns) | list -%}
        {{ offline_capi.capi_refuse_setting("capi_placeholders", declared, advice) }}
    {%- endif -%}
    {%- for name, values in declared.items() -%}
        {%- if values is string or values is mapping or values is not iterable or values | reject("string") | list -%}
            {{ offline_capi.capi_refuse_setting("capi_placeholders", name ~ ": " ~ values, advice ~ ", each value in quotes") }}
        {%- endif -%}
    {%- endfor -%}
    {%- set ignored = {"email": "\\s+", "phone": "[^0-9]+", "date_of_birth": "[^0-9]+"}.get(column, "[\\W_]+") -%}
    {%- for value in declared.get(column, []) -%} {%- do own.append(modules.re.sub(ignored, "", value | lower)) -%} {%- endfor -%}
    {{ return(own) }}
{% endmacro %}

{#- Whether a text is one of them. -#}
{% macro capi_is_placeholder(text, column) -%}
    {{ text }} in {{ offline_capi.capi_literals(offline_capi.capi_placeholders(column)) }}
{%- endmacro %}

{#- Whether an e-mail address is one: of nobody, whatever the domain (noreply@, test@), or a word twice (x@x.com). -#}
{% macro capi_is_placeholder_email(text) -%}
    {%- set nobody = [
        "no[-_.]?reply", "do[-_.]?not[-_.]?reply", "no[-_.]?(e[-_.]?)?mail[0-9]*", "no[-_.]?address", "none", "null", "undefined", "unknown", "unbekannt", "inconnue?", "desconocid[ao]", "anonym", "anonymous",
        "nobody", "(my|your)[-_.]?e?mail", "not[-_.]?(available|given|known|provided)", "dont[-_.]?have", "declined", "refused", "invalid", "dummy", "fake",
        "walk[-_.]?in", "(test|testing|test[-_.]?(customer|e?mail|user))[0-9]*", "asdf+", "qwert[yz]?", "xxx+", "keine?([-_.]?(adresse|angabe|e?mail|e?mailadresse))?",
        "ohne[-_.]?e?mail", "aucune?", "sans[-_.]?(adresse|e?mail)", "pas[-_.]?d[-_.]?(e[-_.]?mail|adresse)", "no[-_.]?(aplica|posee|tiene)",
        "(no|sin)[-_.]?(correo|e?mail)", "ningun[ao]?", "n[aã]o[-_.]?(possui|tem)", "nessun[ao]?", "geen[-_.]?(e?mail)?",
    ] -%}
    {%- set twice = [
        "abc", "abcd", "asd", "brak", "cash", "client", "cliente", "customer", "default", "email", "empty", "example", "foo", "guest", "klant", "klient", "kund",
        "kunde", "mail", "na", "nada", "nie", "nincs", "no", "nobody", "nope", "qwe", "sample", "temp", "tester", "user", "void", "xyz", "yok",
    ] -%}
    {#- Of digits only those that are typed without thought: 18612345678@163.com is somebody. -#}
    {%- set pairs = ["1234?5?6?@1234?5?6?"] -%}
    {%- for letter in "abcdefghijklmnopqrstuvwxyz0123456789" -%} {%- do pairs.append(letter ~ "+@" ~ letter ~ "+") -%} {%- endfor -%}
    {%- for word in twice -%} {%- do pairs.append(word ~ "@" ~ word) -%} {%- endfor -%}
    {%- set addresses = [
        "(abc|customer|my|na|name|no|user|your|you|[a-z])@(company|domain|e?mail)[.](com|net|org)", "(name|yourname)@example[.](com|net|org)", "(a+|abc|na|no|x+|12345?6?)@gmail[.]com",
    ] -%}
    {%- set pattern = "(" ~ nobody | join("|") ~ ")@.*|(" ~ pairs | join("|") ~ ")[.].*|" ~ addresses | join("|") -%}
    {{ offline_capi.capi_matches(text, pattern) }}
    {%- if offline_capi.capi_placeholders("email") %} or {{ offline_capi.capi_is_placeholder(text, "email") }} {%- endif -%}
{%- endmacro %}

{#- Whether digits of a phone, with or without its calling code, are one: one digit again and again (5555555555). -#}
{% macro capi_is_placeholder_phone(digits) -%}
    {%- set rows = [] -%}
    {%- for digit in "0123456789" -%} {%- do rows.append(digit ~ "{6,15}") -%} {%- endfor -%}
    {{ offline_capi.capi_matches(digits, rows | join("|")) }}
    {%- if offline_capi.capi_placeholders("phone") %} or {{ offline_capi.capi_is_placeholder(digits, "phone") }} {%- endif -%}
{%- endmacro %}
