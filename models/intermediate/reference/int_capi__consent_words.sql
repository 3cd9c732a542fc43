-- A plain yes or no answers any question; a word about permission answers only the question that it is about.
with
    words(question, answer, used_by, words) as (
        values
            ('any', 'yes', 'databases', 'true; t; 1; on'),
            ('any', 'no', 'databases', 'false; f; 0; off'),
            ('any', 'yes', 'tick boxes', '✓; ✔; ☑; ✅'),
            ('any', 'no', 'tick boxes', '✗; ✘; ☐; ❌'),
            ('any', 'yes', 'English', 'yes; y; yep; yeah'),
            ('any', 'no', 'English', 'no; n; nope; never; not'),
            ('any', 'yes', 'German', 'ja; j; wahr'),
            ('any', 'no', 'German', 'nein; falsch; nicht'),
            ('any', 'no', 'German, Polish', 'nie'),
            ('any', 'yes', 'French', 'oui; vrai'),
            ('any', 'no', 'French', 'non; faux; jamais'),
            ('any', 'yes', 'Spanish', 'si; sí; verdadero'),
            ('any', 'no', 'Spanish', 'falso; nunca'),
            ('any', 'yes', 'Portuguese', 'sim; verdadeiro'),
            ('any', 'no', 'Portuguese', 'não; nao'),
            ('any', 'yes', 'Italian', 'sì; vero'),
            ('any', 'no', 'Italian', 'mai'),
            ('any', 'yes', 'Dutch', 'waar'),
            ('any', 'no', 'Dutch', 'nee; neen; onwaar; niet; nooit'),
            ('any', 'yes', 'Swedish', 'sant'),
            ('any', 'no', 'Swedish', 'nej; falskt; inte'),
            ('any', 'no', 'Swedish, Danish', 'aldrig'),
            ('any', 'yes', 'Danish', 'sand; sandt'),
            ('any', 'no', 'Danish', 'falsk; ikke'),
            ('any', 'yes', 'Norwegian', 'sann'),
            ('any', 'no', 'Norwegian', 'nei; usann'),
            ('any', 'yes', 'Polish', 'tak; prawda'),
            ('any', 'no', 'Polish', 'fałsz; falsz; nigdy'),
            ('any', 'yes', 'Russian', 'да; истина'),
            ('any', 'no', 'Russian', 'нет; ложь; никогда'),
            ('any', 'yes', 'Ukrainian', 'так'),
            ('any', 'no', 'Ukrainian', 'ні'),
            ('any', 'no', 'Bulgarian', 'не'),
            ('any', 'yes', 'Czech', 'ano; pravda'),
            ('any', 'no', 'Czech', 'ne; nepravda'),
            ('any', 'yes', 'Slovak', 'áno'),
            ('any', 'yes', 'Croatian, Romanian, Serbian, Slovene', 'da'),
            ('any', 'no', 'Romanian', 'nu'),
            ('any', 'yes', 'Hungarian', 'igen; igaz'),
            ('any', 'no', 'Hungarian', 'nem; hamis'),
            ('any', 'yes', 'Finnish', 'kyllä; kylla; tosi'),
            ('any', 'no', 'Finnish, Estonian', 'ei'),
            ('any', 'no', 'Finnish', 'epätosi'),
            ('any', 'yes', 'Estonian', 'jah'),
            ('any', 'yes', 'Latvian', 'jā'),
            ('any', 'no', 'Latvian', 'nē'),
            ('any', 'yes', 'Lithuanian', 'taip'),
            ('any', 'yes', 'Icelandic', 'já'),
            ('any', 'yes', 'Greek', 'ναι'),
            ('any', 'no', 'Greek', 'όχι; οχι'),
            ('any', 'yes', 'Turkish', 'evet; doğru'),
            ('any', 'no', 'Turkish', 'hayır; hayir; yanlış'),
            ('any', 'yes', 'Indonesian, Malay', 'ya'),
            ('any', 'no', 'Indonesian, Malay', 'tidak; bukan'),
            ('any', 'yes', 'Vietnamese', 'có'),
            ('any', 'no', 'Vietnamese', 'không'),
            ('any', 'yes', 'Arabic', 'نعم'),
            ('any', 'no', 'Arabic', 'لا'),
            ('any', 'yes', 'Hebrew', 'כן'),
            ('any', 'no', 'Hebrew', 'לא'),
            ('any', 'yes', 'Hindi', 'हाँ; हां'),
            ('any', 'no', 'Hindi', 'नहीं'),
            ('any', 'yes', 'Thai', 'ใช่'),
            ('any', 'no', 'Thai', 'ไม่; ไม่ใช่'),
            ('any', 'yes', 'Chinese', '是; 是的; 真; 同意'),
            ('any', 'no', 'Chinese', '否; 不; 不是; 假; 不同意; 拒绝; 拒絕'),
            ('any', 'yes', 'Japanese', 'はい'),
            ('any', 'no', 'Japanese', 'いいえ'),
            ('marketing_consent', 'yes', 'Japanese', '同意する; 同意済み'),
            ('marketing_consent', 'no', 'Japanese', '同意しない; 拒否'),
            ('any', 'yes', 'Korean', '예; 네'),
            ('any', 'no', 'Korean', '아니오; 아니요'),
            ('marketing_consent', 'yes', 'Korean', '동의; 동의함'),
            ('marketing_consent', 'no', 'Korean', '거부; 미동의; 동의안함'),
            (
                'marketing_consent',
                'yes',
                'English',
                'accept; accepted; accepts; agree; agreed; agrees; allow; allowed; approved; authorized; authorised; consent; consented; consents; consent given; consent granted; given; granted; i agree; i consent; permission granted; permitted; opt in; opted in; marketing allowed; not opted out'
            ),
            (
                'marketing_consent',
                'no',
                'English',
                'blacklisted; blocked; consent denied; consent expired; consent refused; consent revoked; consent withdrawn; decline; declined; declines; denied; deny; disagree; disagreed; disallowed; dnc; do not call; do not contact; do not email; do not mail; do not send; do not share; do not sell; do not track; do not use; don''t contact; expired; forbidden; i decline; i do not agree; i do not consent; lapsed; no consent; no contact; no longer; no marketing; no thanks; no thank you; not accepted; not agreed; not allowed; not approved; not authorized; not authorised; not consented; not given; not granted; not opted in; not permitted; object; objected; objection; opt out; opted out; opts out; prohibited; refused; reject; rejected; removed; revoke; revoked; stop; stopped; suppressed; unsub; unsubscribe; withdraw; withdrawn'
            ),
            ('marketing_consent', 'no', 'English, French', 'refuse'),
            ('opt_out', 'yes', 'English', 'do not contact; do not email; do not mail; opt out; opted out; opts out'),
            ('opt_out', 'no', 'English', 'not opted out; opt in; opted in'),
            ('limited_data_use', 'yes', 'Meta', 'ldu; limited; limited data use'),
            ('limited_data_use', 'yes', 'English', 'do not sell; do not share; restricted'),
            ('limited_data_use', 'no', 'English', 'not limited; not restricted; unlimited; unrestricted'),
            ('marketing_consent', 'yes', 'Shopify', 'confirmed opt in; single opt in; subscribed'),
            ('marketing_consent', 'no', 'Shopify', 'not subscribed; unsubscribed'),
            ('marketing_consent', 'no', 'Klaviyo', 'never subscribed'),
            ('marketing_consent', 'no', 'Mailchimp', 'non-subscribed; transactional'),
            ('marketing_consent', 'yes', 'Brevo, HubSpot, Mailjet', 'double opt in'),
            ('marketing_consent', 'no', 'HubSpot', 'hard opt out'),
            ('opt_out', 'yes', 'HubSpot, Shopify', 'unsubscribed'),
            ('opt_out', 'no', 'HubSpot, Shopify', 'subscribed'),
            (
                'marketing_consent',
                'yes',
                'German',
                'abonniert; akzeptiert; angemeldet; eingewilligt; einverstanden; einwilligung erteilt; erlaubt; erteilt; genehmigt; zugestimmt; zustimmung erteilt'
            ),
            (
                'marketing_consent',
                'no',
                'German',
                'abbestellt; abgelaufen; abgelehnt; abgemeldet; ausgetragen; entzogen; gekündigt; gesperrt; kein kontakt; keine einwilligung; keine werbung; keine zustimmung; nicht abonniert; nicht akzeptiert; nicht angemeldet; nicht eingewilligt; nicht einverstanden; nicht erlaubt; nicht erteilt; nicht kontaktieren; nicht zugestimmt; untersagt; verboten; verweigert; widerrufen; widersprochen; zurückgezogen'
            ),
            (
                'marketing_consent',
                'yes',
                'French',
                'abonné; abonnée; accepte; accepté; acceptée; accordé; accordée; autorisé; autorisée; consenti; d''accord; inscrit; inscrite; j''accepte'
            ),
            (
                'marketing_consent',
                'no',
                'French',
                'bloqué; désabonné; désabonnée; désinscrit; désinscrite; expiré; interdit; ne pas contacter; non abonné; non accordé; non autorisé; non consenti; non inscrit; opposé; opposition; pas d''accord; refus; refusé; refusée; rejeté; rejetée; retiré; retirée; révoqué; révoquée'
            ),
            (
                'marketing_consent',
                'yes',
                'Spanish',
                'acepta; aceptada; aceptado; acepto; autorizada; de acuerdo; suscrita; suscrito'
            ),
            ('marketing_consent', 'yes', 'Spanish, Portuguese', 'autorizado; concedido'),
            (
                'marketing_consent',
                'no',
                'Spanish',
                'anulado; baja; caducado; dado de baja; denegado; desuscrito; en desacuerdo; no acepta; no acepto; no aceptado; no autorizado; no concedido; no contactar; no suscrito; prohibido; rechazada; rechazado; revocado'
            ),
            ('marketing_consent', 'no', 'Spanish, Portuguese', 'bloqueado; expirado; negado; retirado'),
            ('marketing_consent', 'yes', 'Portuguese', 'aceita; aceite; aceito; assinante; concordo; inscrito; subscrito'),
            (
                'marketing_consent',
                'no',
                'Portuguese',
                'cancelado; descadastrado; não aceita; não aceite; não aceito; não autorizado; não concordo; não contactar; não contatar; não inscrito; proibido; recusa; recusada; recusado; rejeitado; revogado'
            ),
            (
                'marketing_consent',
                'yes',
                'Italian',
                'accetta; accettata; accettato; accetto; acconsento; autorizzato; concesso; d''accordo; iscritta; iscritto'
            ),
            (
                'marketing_consent',
                'no',
                'Italian',
                'bloccato; cancellato; disiscritto; negato; non accetta; non accettato; non accetto; non acconsento; non autorizzato; non concesso; non contattare; non iscritto; revocato; rifiuta; rifiutata; rifiutato; rifiuto; ritirato; scaduto; vietato'
            ),
            (
                'marketing_consent',
                'yes',
                'Dutch',
                'aangemeld; akkoord; geaccepteerd; goedgekeurd; ingeschreven; toegestaan; toestemming; toestemming gegeven'
            ),
            (
                'marketing_consent',
                'no',
                'Dutch',
                'afgemeld; afgewezen; bezwaar; geblokkeerd; geen contact; geen toestemming; geweigerd; ingetrokken; niet akkoord; niet ingeschreven; niet toegestaan; uitgeschreven; verlopen; verboden'
            ),
            (
                'marketing_consent',
                'yes',
                'Swedish',
                'accepterad; accepterat; anmäld; godkänd; godkänt; prenumererar; samtycker; tillåten; tillåtet'
            ),
            (
                'marketing_consent',
                'no',
                'Swedish',
                'avböjd; avböjt; avregistrerad; avslagen; avvisad; blockerad; ej godkänd; ej samtycke; ej; inget samtycke; inte godkänd; nekad; nekat; samtycker inte; spärrad; återkallad; återkallat'
            ),
            ('marketing_consent', 'yes', 'Danish', 'accepteret; godkendt; samtykket; tilladt; tilmeldt'),
            (
                'marketing_consent',
                'no',
                'Danish',
                'afmeldt; afslået; afvist; blokeret; ikke accepteret; ikke tilladt; ikke tilmeldt; intet samtykke; nægtet; spærret; tilbagekaldt; tilbagetrukket; trukket tilbage'
            ),
            ('marketing_consent', 'yes', 'Norwegian', 'akseptert; godkjent; godtatt; påmeldt; samtykker; tillatt'),
            (
                'marketing_consent',
                'no',
                'Norwegian',
                'avmeldt; avslått; avvist; blokkert; ikke godtatt; ikke påmeldt; ikke tillatt; ingen samtykke; nektet; trukket; trukket tilbake'
            ),
            (
                'marketing_consent',
                'yes',
                'Polish',
                'wyrażona; wyrażono; wyrażono zgodę; zaakceptowana; zaakceptowano; zapisany; zapisana; zgadzam się; zgoda'
            ),
            (
                'marketing_consent',
                'no',
                'Polish',
                'brak zgody; cofnięta; nie wyrażono; nie wyrażono zgody; nie zgadzam się; niezapisany; odmowa; odmówiono; odrzucona; odrzucono; sprzeciw; wycofana; wycofano; wygasła; wypisana; wypisany; zablokowany'
            ),
            ('marketing_consent', 'yes', 'Russian', 'подписан; подписана; разрешено; согласен; согласие; согласна'),
            (
                'marketing_consent',
                'no',
                'Russian',
                'заблокирован; запрещено; не подписан; не подписана; не разрешено; не согласен; не согласна; нет согласия; отказ; отказано; отказался; отказалась; отклонено; отозвано; отписан; отписана'
            )
    ),

    listed as (select question, answer, used_by, {{ capi_unnest(capi_split("words", "; ")) }} as word from words)

select *
from listed
