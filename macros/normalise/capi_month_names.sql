{#- Names of months and weekdays in English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Polish, Turkish,
    Russian, Ukrainian, Bulgarian, Czech, Slovak, Slovene, Romanian, Hungarian, Finnish, Estonian, Lithuanian, Latvian, Greek and
    Indonesian: full and abbreviated, with and without accents. Source: CLDR, with which a test compares them. -#}

{#- The names of the twelve months. No name means two months in these languages. Croatian is left out: `listopad`, `lis`, `lip` and
    `srp` are a month earlier there than in Polish and Czech, which have many more speakers. `jänner` and `feber` are Austrian, `mrz` and `maerz` are common. -#}
{% macro capi_month_names() %}
    {{
        return(
            [
                "ene enero gen gennaio ian ianuarie jaan jaanuar jan janeiro janner januar januara januari january január januára janv"
                ~ " janvaris janvier janvāris jänner led leden ledna oca ocak saus sausio sausis sty styczen styczeń stycznia tammi tammikuu"
                ~ " tammikuuta ιαν ιανουάριος ιανουάριοσ ιανουαρίου ιανουαριος ιανουαριοσ ιανουαριου січ січень січня янв январь января яну"
                ~ " януари",
                "feb febbraio feber febr febrero februar februara februari februarie februaris february február februára februāris fev"
                ~ " fevereiro fevr fevrier févr février helmi helmikuu helmikuuta lut lutego luty sub subat uno unor unora vas vasario vasaris"
                ~ " veebr veebruar úno únor února şub şubat φεβ φεβρουάριος φεβρουάριοσ φεβρουαρίου φεβρουαριος φεβρουαριοσ φεβρουαριου лют лютий"
                ~ " лютого фев февр февраль февраля февруари",
                "bre brezen brezna bře březen března kov kovas kovo maalis maaliskuu maaliskuuta maart maerz mar marc marca march marcius"
                ~ " marco marec maret mars mart martie marts marz marzec marzo março mrt mrz márc március mär märts märz μάρ μάρτιος μάρτιοσ μαρ"
                ~ " μαρτίου μαρτιος μαρτιοσ μαρτιου бер березень березня мар март марта",
                "abr abril apr april aprila aprile aprilie aprilis aprill apríl apríla aprīlis avr avril bal balandis balandzio balandžio dub"
                ~ " duben dubna huhti huhtikuu huhtikuuta kwi kwiecien kwiecień kwietnia nis nisan ápr április απρ απρίλιος απρίλιοσ απριλίου"
                ~ " απριλιος απριλιοσ απριλιου апр апрель апреля април квіт квітень квітня",
                "geg geguze geguzes gegužė gegužės kve kveten kvetna kvě květen května mag maggio mai maijs maio maj maja majus may mayis mayo"
                ~ " mayıs mei máj mája május touko toukokuu toukokuuta μάι μάιος μάιοσ μαΐ μαΐου μαι μαιος μαιοσ μαιου май мая трав травень"
                ~ " травня",
                "birz birzelio birzelis birž birželio birželis cerven cervna cvn cze czerwca czerwiec giu giugno haz haziran iun iunie juin"
                ~ " jun juna june junho juni junij junijs junio junius juuni jún júna június jūn jūnijs kesa kesakuu kesakuuta kesä kesäkuu"
                ~ " kesäkuuta červen června čvn ιουν ιουνίου ιουνιος ιουνιοσ ιουνιου ιούν ιούνιος ιούνιοσ июн июнь июня черв червень червня юни",
                "cervence cervenec cvc heina heinakuu heinakuuta heinä heinäkuu heinäkuuta iul iulie juil juillet jul jula julho juli julij"
                ~ " julijs julio julius july juuli júl júla július jūl jūlijs liep liepa liepos lip lipca lipiec lug luglio tem temmuz července"
                ~ " červenec čvc ιουλ ιουλίου ιουλιος ιουλιοσ ιουλιου ιούλ ιούλιος ιούλιοσ июл июль июля лип липень липня юли",
                "ago agosto agu agustos agustus aout août aug august augusta augusti augusts augustus augusztus avg avgust ağu ağustos elo"
                ~ " elokuu elokuuta rugp rugpjucio rugpjutis rugpjūtis rugpjūčio sie sierpien sierpień sierpnia srp srpen srpna αυγ αυγουστος"
                ~ " αυγουστοσ αυγουστου αυγούστου αύγ αύγουστος αύγουστοσ авг август августа серп серпень серпня",
                "eyl eylul eylül rugs rugsejis rugsejo rugsėjis rugsėjo sep sept september septembra septembre septembrie septembris"
                ~ " septiembre set setembro settembre syys syyskuu syyskuuta szept szeptember wrz wrzesien wrzesień wrzesnia września zar zari"
                ~ " zář září σεπ σεπτέμβριος σεπτέμβριοσ σεπτεμβρίου σεπτεμβριος σεπτεμβριοσ σεπτεμβριου вер вересень вересня сент сентябрь"
                ~ " сентября сеп септември",
                "eki ekim loka lokakuu lokakuuta oct october octobre octombrie octubre okt oktober oktobra oktobris oktoober október októbra"
                ~ " ott ottobre out outubro paz pazdziernik pazdziernika paź październik października rij rijen rijna spal spalio spalis říj"
                ~ " říjen října οκτ οκτωβρίου οκτωβριος οκτωβριοσ οκτωβριου οκτώβριος οκτώβριοσ жовт жовтень жовтня окт октомври октябрь октября",
                "kas kasim kasım lapkr lapkricio lapkritis lapkričio lis listopad listopada listopadu marras marraskuu marraskuuta noiembrie"
                ~ " nov november novembra novembre novembris novembro noviembre νοέ νοέμβριος νοέμβριοσ νοε νοεμβρίου νοεμβριος νοεμβριοσ"
                ~ " νοεμβριου лист листопад листопада ное ноември нояб ноябрь ноября",
                "ara aralik aralık dec december decembra decembre decembrie decembris des desember dets detsember dez dezember dezembro dic"
                ~ " dicembre diciembre déc décembre gru grudnia grudzien grudzień gruod gruodis gruodzio gruodžio joulu joulukuu joulukuuta pro"
                ~ " prosince prosinec δεκ δεκέμβριος δεκέμβριοσ δεκεμβρίου δεκεμβριος δεκεμβριοσ δεκεμβριου груд грудень грудня дек декабрь"
                ~ " декабря декември",
            ]
        )
    }}
{% endmacro %}

{#- The number of a month as two digits, from its name in lower case; NULL for any other text. -#}
{% macro capi_month_number(name) -%}
    case
        when {{ name }} is null then null
        {%- for names in offline_capi.capi_month_names() %}
        when {{ name }} in {{ offline_capi.capi_literals(names.split(" ")) }} then '{{ "%02d" % loop.index }}'
        {%- endfor %}
    end
{%- endmacro %}

{#- A pattern of the names of the days of the week, in lower case. Those that are also a month are left out (`mar`, `paz`). -#}
{% macro capi_weekday_pattern() %}
    {%- set names -%}
        an antradienis car carsamba cet cetrtek ceturtd ceturtdiena cmt cs csutortok csütörtök ct ctvrtek cum cuma cumartesi czw
        czwartek di dienstag dim dimanche dinsdag do dom domenica domingo donderdag donnerstag dum duminica duminică esmaspaev
        esmaspäev fr fre fredag freitag fri friday gio giovedi giovedì hetfo hétfő jeu jeudi joi jue jueves jum jumat kam kamis ke
        kedd keskiviikko keskiviikkona ketvirtadienis kolmapaev kolmapäev kt la lauantai lauantaina laupaev laupäev lor lordag lun
        lundi lunedi lunedì lunes luni lör lördag lør lørdag ma maanantai maanantaina maandag man mandag mardi martedi martedì martes
        marti marți mer mercoledi mercoledì mercredi mi mie miercoles miercuri min minggu mittwoch mié miércoles mo mon monday montag
        mån måndag ne ned nedela nedele nedelja nedeľa neděle neljapaev neljapäev niedz niedziela ons onsdag otrd otrdiena pa patek
        pazar pazartesi pe penktadienis pentek per perjantai perjantaina persembe perşembe pet petek pi piatek piatok piektd
        piektdiena pirmadienis pirmd pirmdiena piątek pn po pon pondeli pondelok pondělí ponedeljek poniedzialek poniedziałek pr pt
        puhapaev pzt pá pátek péntek pühapäev qua qui rab rabu reede sa sab sabado sabato sabtu sal sali salı sam sambata samedi
        samstag sat saturday seg sekmadienis sel selasa sen senin sestadienis sestd sestdiena sex sk so sob sobota son sondag sonntag
        sr sre sreda sroda st streda stvrtok středa su sun sunday sunnuntai svetd svetdiena svētd svētdiena sze szerda szo szombat
        sáb sábado sâm sâmbătă sön söndag søn søndag teisipaev teisipäev ter thu thursday ti tiistai tiistaina tir tirs tirsdag tis
        tisdag to tor torek tors torsdag torstai torstaina tr treciadienis tresd tresdiena trečiadienis trešd trešdiena tue tuesday
        ut utery utorok vasarnap vasárnap ven vendredi venerdi venerdì vie viernes vin vineri vr vrijdag wed wednesday wo woensdag wt
        wtorek za zaterdag zo zondag çar çarşamba út úterý čet četrtek čt čtvrtek śr środa šeštadienis št štvrtok δευ δευτέρα δευτερα
        κυρ κυριακή κυριακη πέμ πέμπτη παρ παρασκευή παρασκευη πεμ πεμπτη σάβ σάββατο σαβ σαββατο τετ τετάρτη τεταρτη τρί τρίτη τρι
        τριτη воскресенье вс вт вторник вівторок нд неделя неділя пʼятниця петък пн понеделник понедельник понеділок пт пятница сб
        середа ср среда сряда суббота субота събота четвер четверг четвъртък чт
    {%- endset -%}
    {{ return("(?:" ~ names.split() | join("|") ~ ")") }}
{% endmacro %}
