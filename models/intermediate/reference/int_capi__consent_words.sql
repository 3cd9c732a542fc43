-- A plain yes or no answers any question; a word about permission only answers its own question.
with
    words(question, answer, used_by, words) as (
        values
            ('any', 'yes', 'databases', 'true; t; 1; on'),
            ('any', 'no', 'databases', 'false; f; 0; off'),
            ('any', 'yes', 'tick boxes', '✓; ✔; ☑; ✅'),
            ('any', 'no', 'tick boxes', '✗; ✘; ✖; ✕; ☐; ⬜; ❌; 👎; 🚫; ⛔'),
            ('any', 'yes', 'English', 'yes; y; yep; yeah'),
            ('any', 'no', 'English', 'no; n; nope; nah; nay; not'),
            ('any', 'yes', 'German', 'ja; j; wahr'),
            ('any', 'no', 'German', 'nein; falsch; nicht'),
            ('any', 'no', 'German, Polish', 'nie'),
            ('any', 'yes', 'French', 'oui; vrai'),
            ('any', 'no', 'French', 'non; faux'),
            ('any', 'yes', 'Spanish', 'si; sí; verdadero'),
            ('any', 'no', 'Spanish', 'falso'),
            ('any', 'yes', 'Portuguese', 'sim; verdadeiro'),
            ('any', 'no', 'Portuguese', 'não; nao'),
            ('any', 'yes', 'Italian', 'sì; vero'),
            ('any', 'yes', 'Dutch', 'waar'),
            ('any', 'no', 'Dutch', 'nee; neen; onwaar; niet'),
            ('any', 'yes', 'Swedish', 'sant'),
            ('any', 'no', 'Swedish', 'nej; falskt; inte'),
            ('any', 'yes', 'Danish', 'sand; sandt'),
            ('any', 'no', 'Danish', 'falsk; ikke'),
            ('any', 'yes', 'Norwegian', 'sann'),
            ('any', 'no', 'Norwegian', 'nei; usann'),
            ('any', 'yes', 'Polish', 'tak; prawda'),
            ('any', 'no', 'Polish', 'fałsz; falsz'),
            ('any', 'yes', 'Russian', 'да; истина'),
            ('any', 'no', 'Russian', 'нет; ложь'),
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
            ('any', 'yes', 'Chinese', '是; 是的; 真'),
            ('any', 'no', 'Chinese', '否; 不; 不是; 假'),
            ('marketing_consent', 'yes', 'Chinese', '同意'),
            ('marketing_consent', 'no', 'Chinese', '不同意; 不要; 拒绝; 拒絕; 退订; 退訂'),
            ('any', 'yes', 'Japanese', 'はい'),
            ('any', 'no', 'Japanese', 'いいえ'),
            ('marketing_consent', 'yes', 'Japanese', '同意する; 同意済み'),
            ('marketing_consent', 'no', 'Japanese', '同意しない; 拒否; 希望しない; 配信停止'),
            ('any', 'yes', 'Korean', '예; 네'),
            ('any', 'no', 'Korean', '아니오; 아니요; 아뇨'),
            ('marketing_consent', 'yes', 'Korean', '동의; 동의함'),
            ('marketing_consent', 'no', 'Korean', '거부; 미동의; 동의안함; 동의하지 않음; 수신거부'),
            (
                'marketing_consent',
                'yes',
                'English',
                'accept; accepted; accepts; agree; agreed; agrees; allow; allowed; approved; authorized; authorised; consent; consented; consents; consent given; consent granted; given; granted; i agree; i consent; permission granted; permitted; opt in; opted in; marketing allowed; not opted out; accepts marketing; accepts email; marketing accepted; ok to contact; may contact'
            ),
            (
                'marketing_consent',
                'no',
                'English',
                'absolutely not; blacklist; blacklisted; blocked; cancelled; canceled; complained; complaint; consent denied; consent expired; consent refused; consent revoked; consent withdrawn; decline; declined; declines; denied; deny; disagree; disagreed; disallowed; dnc; do not call; do not contact; do not email; do not mail; do not disturb; do not send; do not share; do not sell; do not track; do not use; don''t contact; expired; forbidden; globally unsubscribed; i decline; i do not agree; i do not consent; lapsed; never; no consent; no contact; no email; no emails; no longer; no marketing; no sms; no thanks; no thank you; no way; none given; not accepted; not agreed; not allowed; not approved; not authorized; not authorised; not consented; not given; not granted; not interested; not opted; not opted in; not permitted; object; objected; objection; email opt out; opt out; opted out; opts out; prohibited; refused; reject; rejected; removed; rescinded; retracted; revoke; revoked; spam; spam complaint; stop; stop all; stopped; suppressed; suppression list; terminated; unsub; unsubscribe; unsubscribe me; withdraw; withdrawal; withdrawn; withdrew; no permission; do not market; no marketing consent; without consent; no ads; rejects; refuses; does not accept; does not accept marketing; does not consent; no newsletter; marketing declined'
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
                'abbestellt; abmeldung; abmelden; abgelaufen; abgelehnt; abgemeldet; ausgetragen; entzogen; gekündigt; gesperrt; kein kontakt; keine einwilligung; keine werbung; keine zustimmung; nein danke; nicht abonniert; nicht akzeptiert; nicht angemeldet; nicht eingewilligt; nicht einverstanden; nicht erlaubt; nicht erteilt; nicht kontaktieren; nicht zugestimmt; untersagt; verboten; verweigert; widerruf; widerrufen; widersprochen; widerspruch; zurückgezogen; ohne einwilligung; ohne zustimmung; keine erlaubnis; kein newsletter; lehnt ab'
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
                'bloqué; désabonné; désabonnée; désinscrit; désinscrite; expiré; interdit; jamais; ne pas contacter; non abonné; non accordé; non autorisé; non consenti; non inscrit; non merci; opposé; opposition; pas d''accord; refus; refusé; refusée; rejeté; rejetée; retiré; retirée; révoqué; révoquée; pas de publicité; sans consentement; aucun consentement; pas de consentement; refuse la publicité; pas de newsletter'
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
                'anulado; baja; caducado; dado de baja; denegado; desuscrito; en desacuerdo; no gracias; no deseo; no quiero; no acepta; no acepto; no aceptado; no autorizado; no concedido; no contactar; no suscrito; nunca; oposición; prohibido; rechazada; rechazado; revocado; rechaza; rechazo; sin consentimiento; sin permiso; no consiente; sin publicidad'
            ),
            ('marketing_consent', 'no', 'Spanish, Portuguese', 'bloqueado; expirado; negado; retirado'),
            ('marketing_consent', 'yes', 'Portuguese', 'aceita; aceite; aceito; assinante; concordo; inscrito; subscrito'),
            (
                'marketing_consent',
                'no',
                'Portuguese',
                'cancelado; descadastrado; não aceita; não aceite; não aceito; não autorizado; não concordo; não contactar; não contatar; não inscrito; não obrigada; não obrigado; proibido; recusa; recusada; recusado; rejeitado; revogado; sem consentimento; sem permissão; sem autorização; não consente'
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
                'bloccato; cancellato; disiscritto; mai; negato; no grazie; non accetta; non accettato; non accetto; non acconsento; non autorizzato; non concesso; non contattare; non iscritto; revocato; rifiuta; rifiutata; rifiutato; rifiuto; ritirato; scaduto; vietato; nessun consenso; senza consenso; nego il consenso; nega; non do il consenso; no consenso'
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
                'afgemeld; afgewezen; bezwaar; geblokkeerd; geen contact; geen toestemming; geweigerd; nee bedankt; nee dank je; nooit; ingetrokken; niet akkoord; niet ingeschreven; niet toegestaan; uitgeschreven; verlopen; verboden; zonder toestemming; geen reclame; geen nieuwsbrief'
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
                'avböjd; avböjt; avregistrerad; avslagen; avvisad; blockerad; ej godkänd; ej samtycke; ej; inget samtycke; inte godkänd; nej tack; nekad; nekat; samtycker inte; spärrad; återkallad; återkallat'
            ),
            ('marketing_consent', 'yes', 'Danish', 'accepteret; godkendt; samtykket; tilladt; tilmeldt'),
            (
                'marketing_consent',
                'no',
                'Danish',
                'afmeldt; aldrig; afslået; afvist; blokeret; ikke accepteret; ikke tilladt; ikke tilmeldt; intet samtykke; nej tak; nægtet; spærret; tilbagekaldt; tilbagetrukket; trukket tilbage'
            ),
            ('marketing_consent', 'yes', 'Norwegian', 'akseptert; godkjent; godtatt; påmeldt; samtykker; tillatt'),
            (
                'marketing_consent',
                'no',
                'Norwegian',
                'avmeldt; avslått; avvist; blokkert; ikke godtatt; ikke påmeldt; ikke tillatt; ingen samtykke; nei takk; nektet; trukket; trukket tilbake'
            ),
            (
                'marketing_consent',
                'yes',
                'Polish',
                'wyrażona; wyrażono; wyrażono zgodę; zaakceptowana; zaakceptowano; zapisany; zapisana; zgadzam się; zgoda; wyrażona zgoda; zgoda wyrażona'
            ),
            (
                'marketing_consent',
                'no',
                'Polish',
                'brak zgody; cofnięta; nie dziękuję; nigdy; nie wyrażono; nie wyrażono zgody; nie zgadzam się; niezapisany; odmowa; odmówiono; odrzucona; odrzucono; sprzeciw; wycofana; wycofano; wygasła; wypisana; wypisany; zablokowany; bez zgody; zgoda wycofana; zgoda cofnięta; brak'
            ),
            ('marketing_consent', 'yes', 'Czech', 'souhlasím; souhlas; přihlášen'),
            (
                'marketing_consent',
                'no',
                'Czech',
                'nesouhlasím; nesouhlas; odhlášen; odmítnuto; odvoláno; bez souhlasu; ne děkuji'
            ),
            ('marketing_consent', 'no', 'Slovak', 'nesúhlasím; odhlásený; odmietnuté'),
            ('marketing_consent', 'yes', 'Hungarian', 'hozzájárulok; feliratkozott'),
            (
                'marketing_consent',
                'no',
                'Hungarian',
                'nem járulok hozzá; leiratkozott; elutasítva; visszavonva; nem hozzájárult; nincs hozzájárulás; nem feliratkozott; nem kér; nem köszönöm'
            ),
            ('marketing_consent', 'yes', 'Romanian', 'sunt de acord; abonat'),
            (
                'marketing_consent',
                'no',
                'Romanian',
                'nu sunt de acord; dezabonat; refuz; refuzat; retras; fără consimțământ; fără acord; nu mulțumesc'
            ),
            ('marketing_consent', 'yes', 'Finnish', 'hyväksyn; hyväksytty'),
            ('marketing_consent', 'no', 'Finnish', 'en hyväksy; kieltäytynyt; kielletty; peruttu; ei lupaa'),
            ('marketing_consent', 'yes', 'Greek', 'συμφωνώ'),
            ('marketing_consent', 'no', 'Greek', 'δεν συμφωνώ; αρνούμαι; διαφωνώ'),
            ('marketing_consent', 'yes', 'Turkish', 'onaylıyorum; kabul ediyorum'),
            ('marketing_consent', 'no', 'Turkish', 'onaylamıyorum; kabul etmiyorum; reddedildi; ret; iptal'),
            ('marketing_consent', 'yes', 'Indonesian, Malay', 'setuju'),
            ('marketing_consent', 'no', 'Indonesian, Malay', 'tidak setuju; menolak; ditolak'),
            ('marketing_consent', 'yes', 'Vietnamese', 'đồng ý'),
            ('marketing_consent', 'no', 'Vietnamese', 'không đồng ý; từ chối'),
            ('marketing_consent', 'yes', 'Arabic', 'موافق; أوافق'),
            ('marketing_consent', 'no', 'Arabic', 'غير موافق; لا أوافق; أرفض; مرفوض'),
            ('marketing_consent', 'yes', 'Hebrew', 'מסכים; מסכימה'),
            ('marketing_consent', 'no', 'Hebrew', 'לא מסכים; לא מסכימה; מסרב'),
            ('marketing_consent', 'yes', 'Hindi', 'सहमत'),
            ('marketing_consent', 'no', 'Hindi', 'असहमत; सहमत नहीं'),
            ('marketing_consent', 'yes', 'Thai', 'ยินยอม'),
            ('marketing_consent', 'no', 'Thai', 'ไม่ยินยอม; ปฏิเสธ'),
            ('marketing_consent', 'yes', 'Russian', 'подписан; подписана; разрешено; согласен; согласие; согласна'),
            (
                'marketing_consent',
                'no',
                'Russian',
                'заблокирован; запрещено; никогда; не подписан; не подписана; не разрешено; не согласен; не согласна; нет согласия; отказ; отказано; отказался; отказалась; отклонено; отозвано; отписан; отписана; без согласия'
            )
    ),

    listed as (select question, answer, used_by, {{ capi_unnest(capi_split("words", "; ")) }} as word from words)

select *
from listed
