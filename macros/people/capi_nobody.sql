{#- Ids that tills and shop systems write for unknown customers. As a customer id, or hashed as external_id, they would turn all guests
    into one person. -#}

{#- The words, in lower case and without spaces, dashes and underscores; capi_ids_of_nobody adds a shop's own. -#}
{% macro capi_nobody_words() %}
    {%- set words = [
        "anon", "anonym", "anonymous", "anonymousbuyer", "anonymouscustomer", "anonymoususer", "cash", "cashcustomer", "cashsale", "cashsales", "counter",
        "countersale", "customer", "default", "defaultcustomer", "dummy", "general", "generalpublic", "generic", "genericcustomer", "guest",
        "guestcheckout", "guestcustomer", "guestuser", "instore", "instorecustomer", "misc", "nobody", "nocustomer", "noname", "notregistered", "notset",
        "offtheshelf", "onetimecustomer", "overthecounter", "passerby", "pos", "poscustomer", "public", "retail", "retailcustomer", "test",
        "testcustomer", "tourist", "unassigned", "unidentified", "unknowncustomer", "unregistered", "visitor", "walkin", "walkincustomer",
        "walkinguest",
        "barverkauf", "cpd", "gast", "gastkunde", "kunde", "laufkunde", "laufkundschaft", "standardkunde", "unbekannt",
        "anonyme", "client", "clientanonyme", "clientcomptoir", "clientdepassage", "comptoir", "divers", "inconnu", "invité", "passage",
        "anonimo", "anónimo", "anônimo", "cliente", "clientefinal", "clientegenerico", "clientegenérico", "clienteoccasionale", "clienteocasional",
        "clientevarios", "consumidorfinal", "consumatorefinale", "invitado", "mostrador", "ospite", "publicogeneral", "públicogeneral",
        "publicoengeneral", "públicoengeneral", "varios", "ventamostrador",
        "anoniem", "balie", "contant", "passant", "anonymkund", "gäst", "kund", "kassakund", "anonymkunde", "gæst", "gjest", "kontantkunde",
        "gość", "klient", "klientdetaliczny", "анонимный", "гость", "покупатель", "розничныйпокупатель",
        "barkunde", "barzahler", "diverse", "kasse", "sammelkunde", "clientdivers", "clienteanonimo", "clienteanónimo", "clientecontado", "clientemostrador", "contado",
        "consumidor", "ventapublico", "ventapúblico", "balieklant", "diversen", "kassa", "kassaklant", "losseklant", "kontant", "kontantkund", "kontantsalg",
        "clientocazional", "clientgeneric", "vendég", "vásárló", "vevő", "host", "zákazník", "anonymní", "πελάτησλιανικήσ", "πελατησλιανικησ", "επισκέπτησ",
        "misafir", "muhtelif", "muhtelifmüşteri", "perakende", "perakendemüşteri", "ziyaretçi", "гостьмагазина", "гість", "розничный", "физлицо", "частноелицо",
        "ゲスト", "ゲスト様", "非会員", "一般", "一般客", "一般顧客", "匿名", "访客", "訪客", "游客", "散客", "匿名用户", "零售客户", "顾客", "顧客", "게스트", "비회원", "일반고객", "손님", "익명",
        "زائر", "ضيف", "عميلنقدي", "العميلالنقدي", "אורח", "ลูกค้าทั่วไป", "ลูกค้าหน้าร้าน", "kháchlẻ", "kháchvãnglai", "kháchhàng", "pelanggan", "pelangganumum", "tamu", "tunai",
    ] -%}
    {%- for word in offline_capi.capi_text_list("capi_ids_of_nobody") -%}
        {%- do words.append(modules.re.sub("[\\s_-]+", "", word | lower)) -%}
    {%- endfor -%}
    {{ return(words) }}
{% endmacro %}

{#- Whether an id, cleaned by capi_id, is one of these: such a word, only zeros (0, 000, the zero GUID), the highest GUID, or a
    negative number that warehouses use for an unknown member. Nearly all ids end in another digit, so the last digit is checked first. -#}
{% macro capi_is_nobody(id) -%}
    {%- set words = [] -%}
    {%- for word in offline_capi.capi_nobody_words() -%} {%- do words.append(modules.re.escape(word)) -%} {%- endfor -%}
    case
        when ascii(right({{ id }}, 1)) between 49 and 57 and ascii({{ id }}) <> 45{{ " and false" if var("capi_ids_of_nobody", []) }} then false
        else
            {{ offline_capi.capi_matches(offline_capi.capi_replace(offline_capi.capi_lower(id), "[\\s_-]+", ""), words | join("|")) }}
            or {{ offline_capi.capi_matches(id, "[{(]?[0-]*0[0-]*([.]0+)?[})]?|-[1-9]|-9+|[{(]?[fF]{8}-?[fF]{4}-?[fF]{4}-?[fF]{4}-?[fF]{12}[})]?") }}
    end
{%- endmacro %}
