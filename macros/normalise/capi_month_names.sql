{#- The names and abbreviations of the months in English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian and
    Polish, with and without accents. No name means two months. Source: CLDR, which a test compares them with; `jänner` and `feber` are
    Austrian, `mrz` and `maerz` are common. -#}
{% macro capi_month_names() %}
    {{
        return(
            [
                "ene enero gen gennaio jan janeiro januar januari january janv janvier sty styczen styczeń stycznia jänner janner",
                "feb febbraio febrero februar februari february fev fevereiro fevr fevrier févr février lut lutego luty feber",
                "maart mar marca march marco mars marts marz marzec marzo março mrt mär märz mrz maerz",
                "abr abril apr april aprile avr avril kwi kwiecien kwiecień kwietnia",
                "mag maggio mai maio maj maja may mayo mei",
                "cze czerwca czerwiec giu giugno juin jun june junho juni junio",
                "juil juillet jul julho juli julio july lip lipca lipiec lug luglio",
                "ago agosto aout août aug august augusti augustus sie sierpien sierpień sierpnia",
                "sep sept september septembre septiembre set setembro settembre wrz wrzesien wrzesień wrzesnia września",
                "oct october octobre octubre okt oktober ott ottobre out outubro paz pazdziernik pazdziernika paź październik października",
                "lis listopad listopada nov november novembre novembro noviembre",
                "dec december decembre des desember dez dezember dezembro dic dicembre diciembre déc décembre gru grudnia grudzien grudzień",
            ]
        )
    }}
{% endmacro %}

{#- The number of a month as two digits, from its name in lower case; NULL for any other text. -#}
{% macro capi_month_number(name) -%}
    case
        {%- for names in offline_capi.capi_month_names() %}
        when {{ name }} in {{ offline_capi.capi_literals(names.split(" ")) }} then '{{ "%02d" % loop.index }}'
        {%- endfor %}
    end
{%- endmacro %}
