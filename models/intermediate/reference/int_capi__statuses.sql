-- What systems and languages write as the status of an order, receipt or payment. A status with several meanings, such as closed,
-- has none until the shop says what it means there. Sources: the documentation of the named systems.
with
    lists(meaning, used_by, statuses) as (
        values
            -- -------- systems
            ('sale', 'Shopify', 'paid; fulfilled'),
            ('cancelled', 'Shopify', 'voided'),
            ('refund', 'Shopify', 'refunded; restocked'),
            ('partial_refund', 'Shopify', 'partially_refunded'),
            ('not_a_sale', 'Shopify', 'pending; authorized; partially_paid; unpaid; expired; overdue; scheduled; on_hold'),
            ('sale', 'Shopify, when it is not archived', 'open'),
            ('sale', 'Shopify, when it is archived', 'closed'),
            ('sale', 'WooCommerce', 'processing; completed'),
            ('cancelled', 'WooCommerce', 'cancelled'),
            ('refund', 'WooCommerce', 'refunded'),
            ('not_a_sale', 'WooCommerce', 'pending payment; on-hold; failed; draft; checkout-draft; auto-draft; trash'),
            ('sale', 'Square', 'completed; complete; payment; captured'),
            ('cancelled', 'Square', 'canceled'),
            (
                'not_a_sale',
                'Square, while the order or payment is not completed',
                'open; approved; draft; pending; failed; proposed; reserved'
            ),
            ('sale', 'Magento', 'processing; complete'),
            ('cancelled', 'Magento', 'canceled'),
            ('refund', 'Magento', 'closed; paypal_reversed'),
            (
                'not_a_sale',
                'Magento',
                'new; pending; pending_payment; pending_paypal; payment_review; holded; fraud; suspected fraud'
            ),
            (
                'sale',
                'Lightspeed X-Series (Vend)',
                'closed; layby_closed; onaccount_closed; awaiting_dispatch; awaiting_pickup; dispatched_closed; picked_up_closed'
            ),
            ('cancelled', 'Lightspeed X-Series (Vend)', 'voided'),
            ('sale', 'Loyverse', 'closed; sale'),
            ('cancelled', 'Loyverse', 'cancelled'),
            ('sale', 'Toast', 'closed; paid; captured'),
            ('not_a_sale', 'Toast', 'open; authorized; denied; error'),
            ('sale', 'Clover', 'paid'),
            ('refund', 'Clover', 'manually refunded; manual refund'),
            ('not_a_sale', 'Clover', 'open; partially paid'),
            (
                'sale',
                'BigCommerce',
                'awaiting fulfillment; awaiting shipment; awaiting pickup; partially shipped; shipped; completed'
            ),
            ('not_a_sale', 'BigCommerce', 'awaiting payment; declined; disputed; manual verification required; incomplete'),
            ('partial_refund', 'BigCommerce', 'partially refunded'),
            ('sale', 'Odoo', 'sale; sales order; done; paid; invoiced; fully invoiced; posted'),
            ('cancelled', 'Odoo', 'cancel'),
            ('not_a_sale', 'Odoo, while it is a quotation', 'draft; sent; quotation; quotation sent'),
            ('sale', 'web shops, when goods are on their way', 'sent'),
            (
                'sale',
                'PrestaShop',
                'payment accepted; remote payment accepted; processing in progress; on backorder (paid); shipped; delivered'
            ),
            ('partial_refund', 'PrestaShop', 'partial refund'),
            (
                'not_a_sale',
                'PrestaShop',
                'awaiting check payment; awaiting bank wire payment; awaiting cash on delivery validation; on backorder (not paid); payment error'
            ),
            (
                'sale',
                'PrestaShop, French',
                'paiement accepté; paiement à distance accepté; en cours de préparation; en attente de réapprovisionnement (payé)'
            ),
            (
                'not_a_sale',
                'PrestaShop, French',
                'en attente du paiement par chèque; en attente de virement bancaire; en attente de réapprovisionnement (non payé); erreur de paiement'
            ),
            ('sale', 'card terminals', 'approved; succeeded; success; successful; settled; captured; charged'),
            ('cancelled', 'card terminals', 'aborted'),
            ('refund', 'card terminals', 'reversed; reversal; chargeback; charged back'),
            (
                'not_a_sale',
                'card terminals',
                'declined; denied; refused; rejected; unsuccessful; timed out; timeout; requires_action; requires_capture; requires_confirmation; requires_payment_method'
            ),

            -- -------- languages
            (
                'sale',
                'English',
                'sold; sale completed; paid in full; paid cash; paid by card; paid (cash); paid (card); card payment; cash payment; order completed; finished; finalized; finalised; fully paid; payment received; payment complete; payment completed; payment successful; order paid; dispatched; collected; picked up; purchase; purchased; purchase completed; transaction completed; pos sale; completed sale; sale complete; closed paid; fulfilled and paid'
            ),
            (
                'cancelled',
                'English',
                'cancellation; cancelled by customer; canceled by customer; cancelled by merchant; canceled by merchant; cancelled by shop; order cancelled; order canceled; sale cancelled; void; voided sale; sale voided; post void; annulled; nullified; withdrawn; revoked; auto cancelled; auto canceled; buyer cancelled; buyer canceled; seller cancelled; seller canceled; cancelled (refunded); canceled (refunded); cancelled by buyer; cancelled by seller'
            ),
            (
                'refund',
                'English',
                'refund; fully refunded; full refund; refunded in full; order refunded; payment refunded; refund completed; refund issued; return; returned; fully returned; order returned; credited; credit note; credit memo; money back; refunds; refunded (full); cancelled and refunded'
            ),
            (
                'partial_refund',
                'English',
                'partial refunded; partly refunded; part refunded; part refund; refunded partially; partially returned; partly returned; partial return; partially credited'
            ),
            (
                'not_a_sale',
                'English',
                'abandoned; deleted; removed; test; test sale; test order; test transaction; testing; training; training mode; training sale; practice; demo; dummy; no sale; not a sale; drawer open; open drawer; quote; quoted; estimate; proforma; pro forma; pro forma invoice; hold; held; parked; suspended; payment failed; payment declined; payment pending; payment error; payment review; under review; in review; invalid; failure; not paid; payment due; waiting for payment; awaiting authorization; awaiting confirmation; template; fraudulent; possible fraud; backordered; cart; checkout; reservation; waiting'
            ),
            (
                'sale',
                'German',
                'bezahlt; gezahlt; beglichen; bar bezahlt; mit karte bezahlt; rechnung bezahlt; barzahlung; kartenzahlung; erledigt; fertig; vollständig bezahlt; komplett bezahlt; abgeschlossen; verkauft; verkauf; komplett; fertiggestellt; versendet; versandt; ausgeliefert; geliefert; zugestellt; abgeholt; erfolgreich; zahlung erhalten; zahlung eingegangen; vollstaendig bezahlt'
            ),
            (
                'cancelled',
                'German',
                'storniert; storno; stornierung; stornobeleg; abgebrochen; annulliert; widerrufen; wurde storniert'
            ),
            (
                'refund',
                'German',
                'erstattet; erstattung; rückerstattet; rückerstattung; vollständig erstattet; gutschrift; gutgeschrieben; retoure; retourniert; rückgabe; zurückgegeben; zurückgezahlt; zurückerstattet; rücksendung; rückbuchung; rückbelastung; rueckerstattet; rueckerstattung; rueckgabe; zurueckgegeben; zurueckgezahlt; zurueckerstattet; ruecksendung; rueckbuchung'
            ),
            (
                'partial_refund',
                'German',
                'teilweise erstattet; teilerstattet; teilerstattung; teilweise rückerstattet; teilweise rueckerstattet; teilgutschrift; teilweise zurückgegeben'
            ),
            (
                'not_a_sale',
                'German',
                'unbezahlt; nicht bezahlt; teilweise bezahlt; ausstehend; zahlung ausstehend; wartet auf zahlung; in wartestellung; wartend; entwurf; fehlgeschlagen; zahlung fehlgeschlagen; abgelehnt; zurückgewiesen; angebot; kostenvoranschlag; test; testbestellung; testverkauf; schulung; training; kein verkauf; gelöscht; geloescht; abgelaufen; geparkt; betrugsverdacht; betrug; papierkorb; fehler; reserviert; warenkorb; vorgemerkt; gescheitert'
            ),
            (
                'sale',
                'French',
                'payé; payée; facturé; facturée; payé comptant; réglé; réglée; encaissé; encaissée; terminé; terminée; vendu; vendue; vente; complété; complétée; finalisé; finalisée; livré; livrée; expédié; expédiée; paiement reçu; paiement effectué'
            ),
            ('cancelled', 'French', 'annulé; annulée; annulation; commande annulée; vente annulée'),
            (
                'refund',
                'French',
                'remboursé; remboursée; remboursement; commande remboursée; avoir; retour; retourné; retournée; note de crédit; rétrofacturation'
            ),
            (
                'partial_refund',
                'French',
                'partiellement remboursé; partiellement remboursée; remboursé partiellement; remboursée partiellement; remboursement partiel; retour partiel'
            ),
            (
                'not_a_sale',
                'French',
                'en attente; en attente de paiement; attente paiement; attente de paiement; brouillon; échoué; échouée; échec; paiement échoué; échec du paiement; paiement refusé; refusé; refusée; rejeté; rejetée; impayé; impayée; non payé; non payée; partiellement payé; partiellement payée; devis; corbeille; expiré; expirée; abandonné; abandonnée; supprimé; supprimée; fraude; formation; essai; sans vente; pas de vente; erreur; panier; réservé; suspendu; suspendue'
            ),
            (
                'sale',
                'Spanish',
                'pagado; pagada; completo; completa; cobrado; cobrada; completado; completada; finalizado; finalizada; vendido; vendida; venta; entregado; entregada; enviado; enviada; facturado; facturada; pago aceptado; pago recibido; pago completado; pago confirmado'
            ),
            (
                'cancelled',
                'Spanish',
                'cancelado; cancelada; cancelación; anulado; anulada; anulación; pedido cancelado; venta cancelada'
            ),
            (
                'refund',
                'Spanish',
                'reembolsado; reembolsada; reembolso; devuelto; devuelta; devolución; nota de crédito; abono; abonado; contracargo; reintegrado; reintegro'
            ),
            (
                'partial_refund',
                'Spanish',
                'parcialmente reembolsado; parcialmente reembolsada; reembolsado parcialmente; reembolso parcial; devolución parcial; parcialmente devuelto'
            ),
            (
                'not_a_sale',
                'Spanish',
                'pendiente; pendiente de pago; en espera; en espera de pago; borrador; fallido; fallida; pago fallido; pago rechazado; rechazado; rechazada; denegado; denegada; presupuesto; cotización; impagado; impagada; no pagado; no pagada; sin pagar; expirado; expirada; vencido; vencida; caducado; abandonado; abandonada; papelera; eliminado; eliminada; prueba; fraude; sin venta; error; carrito; reservado; reservada; retenido; suspendido; formación; capacitación'
            ),
            (
                'sale',
                'Portuguese',
                'pago; paga; concluído; concluída; finalizado; finalizada; completo; vendido; vendida; venda; entregue; enviado; faturado; faturada; pagamento aceito; pagamento aceite; pagamento recebido; pagamento aprovado; pagamento confirmado'
            ),
            (
                'cancelled',
                'Portuguese',
                'cancelado; cancelada; cancelamento; anulado; anulada; pedido cancelado; venda cancelada'
            ),
            (
                'refund',
                'Portuguese',
                'reembolsado; reembolsada; reembolso; devolvido; devolvida; devolução; estornado; estornada; estorno; nota de crédito'
            ),
            (
                'partial_refund',
                'Portuguese',
                'parcialmente reembolsado; parcialmente reembolsada; reembolsado parcialmente; reembolso parcial; estorno parcial; parcialmente devolvido; devolução parcial'
            ),
            (
                'not_a_sale',
                'Portuguese',
                'pendente; pagamento pendente; aguardando pagamento; aguarda pagamento; aguardando; rascunho; falhou; falhado; malsucedido; pagamento falhou; recusado; recusada; negado; negada; rejeitado; rejeitada; orçamento; não pago; não paga; expirado; expirada; abandonado; abandonada; em espera; lixeira; lixo; excluído; teste; treinamento; fraude; sem venda; erro; carrinho; reservado'
            ),
            (
                'sale',
                'Italian',
                'pagato; pagata; completato; completata; concluso; conclusa; venduto; venduta; vendita; consegnato; consegnata; spedito; spedita; evaso; evasa; incassato; incassata; pagamento accettato; pagamento ricevuto'
            ),
            (
                'cancelled',
                'Italian',
                'annullato; annullata; annullamento; cancellato; cancellata; stornato; stornata; storno; ordine annullato'
            ),
            (
                'refund',
                'Italian',
                'rimborsato; rimborsata; rimborso; reso; restituito; restituita; nota di credito; nota credito; accreditato'
            ),
            (
                'partial_refund',
                'Italian',
                'parzialmente rimborsato; parzialmente rimborsata; rimborsato parzialmente; rimborso parziale; reso parziale'
            ),
            (
                'not_a_sale',
                'Italian',
                'in attesa; in attesa di pagamento; in sospeso; sospeso; sospesa; bozza; fallito; fallita; pagamento fallito; non riuscito; rifiutato; rifiutata; respinto; preventivo; non pagato; non pagata; scaduto; scaduta; abbandonato; abbandonata; cestino; eliminato; eliminata; prova; errore di pagamento; errore; frode; nessuna vendita; carrello; riservato'
            ),
            (
                'sale',
                'Dutch',
                'betaald; volledig betaald; voltooid; afgerond; verkocht; verkoop; geleverd; bezorgd; verzonden; afgehaald; opgehaald; compleet; betaling ontvangen'
            ),
            ('cancelled', 'Dutch', 'geannuleerd; annulering; geannuleerde bestelling'),
            (
                'refund',
                'Dutch',
                'terugbetaald; terugbetaling; terugstorting; retour; geretourneerd; retourzending; creditnota; gecrediteerd; creditfactuur'
            ),
            (
                'partial_refund',
                'Dutch',
                'gedeeltelijk terugbetaald; deels terugbetaald; gedeeltelijke terugbetaling; gedeeltelijk geretourneerd'
            ),
            (
                'not_a_sale',
                'Dutch',
                'in afwachting; in afwachting van betaling; in de wacht; wachten op betaling; wacht op betaling; wachtend; openstaand; concept; mislukt; betaling mislukt; geweigerd; afgewezen; offerte; onbetaald; niet betaald; deels betaald; verlopen; prullenbak; verwijderd; proef; proefverkoop; geen verkoop; fraude; fout; winkelwagen; gereserveerd'
            ),
            (
                'sale',
                'Polish',
                'opłacone; opłacony; opłacona; zapłacone; zapłacono; zrealizowane; zrealizowany; zakończone; zakończony; sprzedane; sprzedaż; dostarczone; wysłane; odebrane; płatność przyjęta'
            ),
            ('cancelled', 'Polish', 'anulowane; anulowany; anulowana; anulowano; anulacja; storno; stornowane'),
            ('refund', 'Polish', 'zwrócone; zwrócony; zwrócono; zwrot; refundacja; zrefundowane'),
            ('partial_refund', 'Polish', 'częściowo zwrócone; częściowy zwrot; częściowo zrefundowane'),
            (
                'not_a_sale',
                'Polish',
                'oczekujące; oczekujący; oczekuje; oczekuje na płatność; oczekujące na płatność; szkic; nieudane; nieudany; nieudana; odrzucone; odrzucony; odrzucona; nieopłacone; niezapłacone; wstrzymane; wstrzymany; wygasłe; porzucone; usunięte; oferta; wycena; błąd; błąd płatności; testowe; szkolenie; koszyk'
            ),
            (
                'sale',
                'Swedish',
                'betald; betalt; slutförd; slutfört; såld; sålt; försäljning; levererad; levererat; genomförd; genomfört; upphämtad; betalning mottagen'
            ),
            ('cancelled', 'Swedish', 'avbruten; avbrutet; avbeställd; annullerad; annullerat; makulerad; makulerat; avbokad'),
            (
                'refund',
                'Swedish',
                'återbetald; återbetalt; återbetalning; retur; returnerad; returnerat; kreditfaktura; krediterad; krediterat; kreditnota'
            ),
            ('partial_refund', 'Swedish', 'delvis återbetald; delvis återbetalt; delvis återbetalning; delvis krediterad'),
            (
                'not_a_sale',
                'Swedish',
                'väntande; väntar; väntar på betalning; inväntar betalning; utkast; misslyckad; misslyckat; misslyckades; nekad; nekat; avvisad; obetald; obetalt; ej betald; offert; pausad; parkerad; övning; utbildning; raderad; borttagen; fel'
            ),
            (
                'sale',
                'Danish, Norwegian',
                'betalt; gennemført; gjennomført; afsluttet; avsluttet; fuldført; fullført; solgt; salg; leveret; levert; udleveret; betaling modtaget; betaling mottatt'
            ),
            (
                'cancelled',
                'Danish, Norwegian',
                'annulleret; annullert; annulering; aflyst; avlyst; afbrudt; avbrutt; kansellert; makuleret; makulert'
            ),
            (
                'refund',
                'Danish, Norwegian',
                'refunderet; refundert; refundering; refusjon; tilbagebetalt; tilbakebetalt; tilbagebetaling; tilbakebetaling; retur; returneret; returnert; krediteret; kreditert; kreditnota'
            ),
            (
                'partial_refund',
                'Danish, Norwegian',
                'delvist refunderet; delvis refundert; delvist tilbagebetalt; delvis tilbakebetalt'
            ),
            (
                'not_a_sale',
                'Danish, Norwegian',
                'afventer; afventer betaling; avventer; avventer betaling; venter; venter på betaling; kladde; utkast; mislykket; mislykkedes; mislyktes; fejlet; feilet; afvist; avvist; ubetalt; ikke betalt; tilbud; slettet; fejl; feil; sat på hold; på vent'
            ),
            ('sale', 'Finnish', 'maksettu; valmis; myyty; myynti; toimitettu; suoritettu; noudettu; maksu vastaanotettu'),
            ('cancelled', 'Finnish', 'peruttu; peruutettu; peruutus; mitätöity; kumottu'),
            ('refund', 'Finnish', 'hyvitetty; hyvitys; hyvityslasku; palautettu; palautus; maksu palautettu'),
            ('partial_refund', 'Finnish', 'osittain hyvitetty; osittain palautettu; osittainen palautus; osittainen hyvitys'),
            (
                'not_a_sale',
                'Finnish',
                'odottaa; odottaa maksua; luonnos; epäonnistui; epäonnistunut; hylätty; maksamatta; maksamaton; tarjous; pidossa; poistettu; testi; virhe; vanhentunut'
            ),
            (
                'sale',
                'Czech, Slovak',
                'zaplaceno; zaplacená; zaplacené; uhrazeno; uhradené; dokončeno; dokončená; dokončené; prodáno; predané; prodej; predaj; doručeno; doručené; vyřízeno; vybavené'
            ),
            ('cancelled', 'Czech, Slovak', 'zrušeno; zrušená; zrušené; stornováno; stornované; storno'),
            (
                'refund',
                'Czech, Slovak',
                'vráceno; vrácená; vrátené; vrácení peněz; refundováno; refundované; dobropis; refundace; vratka; vrátka'
            ),
            (
                'partial_refund',
                'Czech, Slovak',
                'částečně vráceno; částečně refundováno; čiastočne vrátené; čiastočne refundované'
            ),
            (
                'not_a_sale',
                'Czech, Slovak',
                'čeká; čeká na platbu; čeká na úhradu; čaká na platbu; koncept; selhalo; neúspěšné; neúspešné; zamítnuto; zamietnuté; nezaplaceno; nezaplatené; neuhrazeno; nabídka; ponuka; chyba; pozastaveno; zkouška; neúspěšná; neúspěšný; nezaplacená; nezaplacený'
            ),
            ('sale', 'Turkish', 'ödendi; tamamlandı; satıldı; satış; teslim edildi; kargolandı; kargoya verildi; ödeme alındı'),
            ('cancelled', 'Turkish', 'iptal; iptal edildi; sipariş iptal edildi'),
            ('refund', 'Turkish', 'iade; iade edildi; para iadesi; geri ödendi'),
            ('partial_refund', 'Turkish', 'kısmi iade; kısmen iade edildi; kısmi para iadesi'),
            (
                'not_a_sale',
                'Turkish',
                'beklemede; bekliyor; ödeme bekleniyor; ödeme bekliyor; taslak; başarısız; reddedildi; ödenmedi; teklif; silindi; hata'
            ),
            (
                'sale',
                'Russian',
                'оплачен; оплачено; оплачена; завершен; завершено; завершена; выполнен; выполнено; выполнена; продан; продано; продажа; доставлен; доставлено; выдан; выдано; отгружен; отгружено; оплачено полностью; полностью оплачен'
            ),
            (
                'cancelled',
                'Russian',
                'отменен; отменено; отменена; отмена; аннулирован; аннулировано; аннулирована; сторно; сторнирован; сторнировано'
            ),
            (
                'refund',
                'Russian',
                'возврат; возвращен; возвращено; возвращена; возврат средств; возврат денег; возмещен; возмещено'
            ),
            ('partial_refund', 'Russian', 'частичный возврат; частично возвращен; частично возвращено; частично возвращена'),
            (
                'not_a_sale',
                'Russian',
                'ожидает; ожидание; ожидает оплаты; ожидание оплаты; в ожидании; черновик; ошибка; ошибка оплаты; отклонен; отклонено; отклонена; не оплачен; не оплачено; не оплачена; неоплачен; на удержании; отложен; отложено; удален; удалено; тест; тестовый; корзина; просрочен; неудачно'
            ),
            (
                'sale',
                'Ukrainian',
                'оплачено; оплачений; сплачено; завершено; завершений; виконано; продано; продаж; доставлено; видано'
            ),
            ('cancelled', 'Ukrainian', 'скасовано; скасований; анульовано; відмінено'),
            ('refund', 'Ukrainian', 'повернено; повернення; повернення коштів; відшкодовано'),
            ('partial_refund', 'Ukrainian', 'частково повернено; часткове повернення'),
            (
                'not_a_sale',
                'Ukrainian',
                'очікує; очікування; очікує оплати; очікує на оплату; в очікуванні; чернетка; помилка; відхилено; не оплачено; неоплачено; видалено; невдало'
            ),
            (
                'sale',
                'Greek',
                'πληρωμένο; πληρωμένη; πληρώθηκε; ολοκληρώθηκε; ολοκληρωμένο; ολοκληρωμένη; πωλήθηκε; πώληση; παραδόθηκε'
            ),
            ('cancelled', 'Greek', 'ακυρώθηκε; ακυρωμένο; ακυρωμένη; ακύρωση; άκυρο'),
            ('refund', 'Greek', 'επιστροφή; επιστράφηκε; επιστροφή χρημάτων; πιστωτικό'),
            ('partial_refund', 'Greek', 'μερική επιστροφή; μερική επιστροφή χρημάτων; επιστράφηκε μερικώς'),
            (
                'not_a_sale',
                'Greek',
                'εκκρεμεί; σε αναμονή; αναμονή πληρωμής; σε αναμονή πληρωμής; πρόχειρο; απέτυχε; αποτυχία; απλήρωτο; απλήρωτη; απορρίφθηκε; προσφορά; σφάλμα'
            ),
            (
                'sale',
                'Hungarian',
                'fizetve; kifizetve; fizetett; kifizetett; fizetés megtörtént; teljesítve; teljesített; eladás; eladva; értékesítés; kész; befejezve; kiszállítva; átadva; átvéve; számlázva'
            ),
            (
                'cancelled',
                'Hungarian',
                'törölve; törölt; lemondva; lemondott; sztornó; sztornózva; sztornózott; visszavonva; visszavont; érvénytelenítve; megszakítva'
            ),
            (
                'refund',
                'Hungarian',
                'visszatérítve; visszatérített; visszatérítés; visszafizetve; visszafizetés; visszáru; visszavét; visszaküldve; visszahozva; jóváírás; jóváírva'
            ),
            (
                'partial_refund',
                'Hungarian',
                'részben visszatérítve; részlegesen visszatérítve; részleges visszatérítés; részvisszatérítés'
            ),
            (
                'not_a_sale',
                'Hungarian',
                'függőben; függő; várakozik; fizetésre vár; fizetésre várva; piszkozat; vázlat; sikertelen; elutasítva; elutasított; kifizetetlen; nem fizetett; nincs kifizetve; ajánlat; árajánlat; lejárt; félbehagyott; elhagyott; teszt; oktatás; hiba; felfüggesztve; kosár'
            ),
            (
                'sale',
                'Romanian',
                'plătit; plătită; achitat; achitată; încasat; încasată; finalizat; finalizată; vândut; vândută; vânzare; livrat; livrată; expediat; expediată; ridicat; facturat; facturată; plată confirmată; plată acceptată'
            ),
            ('cancelled', 'Romanian', 'anulat; anulată; anulare; stornat; stornată; storno; comandă anulată'),
            (
                'refund',
                'Romanian',
                'rambursat; rambursată; rambursare; returnat; returnată; retur; returnare; restituit; restituită; notă de credit'
            ),
            (
                'partial_refund',
                'Romanian',
                'rambursat parțial; parțial rambursat; rambursată parțial; rambursare parțială; retur parțial'
            ),
            (
                'not_a_sale',
                'Romanian',
                'în așteptare; în așteptarea plății; așteaptă plata; așteptare plată; neplătit; neplătită; neachitat; neachitată; ciornă; eșuat; eșuată; plată eșuată; respins; respinsă; refuzat; refuzată; ofertă; deviz; expirat; expirată; abandonat; abandonată; suspendat; suspendată; șters; ștearsă; eroare; coș'
            ),
            (
                'sale',
                'Bulgarian',
                'платена; платено; платен; завършена; завършено; завършен; изпълнена; изпълнено; продадено; продажба; доставена; доставено'
            ),
            ('cancelled', 'Bulgarian', 'отказана; отказано; анулирана; анулирано; анулиран; сторнирана; отменена; отменено'),
            (
                'refund',
                'Bulgarian',
                'възстановена; възстановено; възстановен; възстановяване; върната; върнато; кредитно известие'
            ),
            (
                'not_a_sale',
                'Bulgarian',
                'чакаща; изчакваща; изчаква плащане; очаква плащане; чернова; неуспешна; неуспешно; отхвърлена; неплатена; неплатено; оферта; грешка'
            ),
            (
                'sale',
                'Croatian, Slovene',
                'plaćeno; plaćena; plačano; plačana; završeno; završena; zaključeno; zaključena; dovršeno; prodano; prodaja; isporučeno; dostavljeno; naplaćeno'
            ),
            (
                'cancelled',
                'Croatian, Slovene',
                'otkazano; otkazana; poništeno; poništena; stornirano; storno; preklicano; preklicana'
            ),
            (
                'refund',
                'Croatian, Slovene',
                'vraćeno; vraćena; povrat; povrat novca; refundirano; vrnjeno; vrnjena; vračilo; vračilo denarja; dobropis'
            ),
            (
                'not_a_sale',
                'Croatian, Slovene',
                'na čekanju; čeka plaćanje; čeka uplatu; v čakanju; čaka na plačilo; skica; nacrt; osnutek; neuspjelo; neuspješno; neuspelo; neuspešno; odbijeno; zavrnjeno; neplaćeno; neplačano; ponuda; ponudba; greška; napaka'
            ),
            (
                'sale',
                'Thai',
                'ชำระแล้ว; ชำระเงินแล้ว; จ่ายแล้ว; จ่ายเงินแล้ว; สำเร็จ; เสร็จสิ้น; เสร็จสมบูรณ์; เสร็จแล้ว; ขาย; ขายแล้ว; การขาย; จัดส่งแล้ว; ได้รับแล้ว'
            ),
            ('cancelled', 'Thai', 'ยกเลิก; ยกเลิกแล้ว; ถูกยกเลิก; ยกเลิกคำสั่งซื้อ; โมฆะ'),
            ('refund', 'Thai', 'คืนเงิน; คืนเงินแล้ว; การคืนเงิน; คืนสินค้า; คืนสินค้าแล้ว; รับคืน; ใบลดหนี้'),
            ('partial_refund', 'Thai', 'คืนเงินบางส่วน; คืนเงินบางส่วนแล้ว; คืนสินค้าบางส่วน'),
            (
                'not_a_sale',
                'Thai',
                'รอดำเนินการ; รอชำระเงิน; รอการชำระเงิน; รอชำระ; ยังไม่ชำระ; ยังไม่ชำระเงิน; ยังไม่ได้ชำระ; ค้างชำระ; ฉบับร่าง; ร่าง; ล้มเหลว; ไม่สำเร็จ; ปฏิเสธ; ถูกปฏิเสธ; ใบเสนอราคา; หมดอายุ; ทดสอบ; ระงับ; พักบิล'
            ),
            (
                'sale',
                'Vietnamese',
                'đã thanh toán; đã trả tiền; hoàn thành; đã hoàn thành; hoàn tất; đã hoàn tất; thành công; thanh toán thành công; bán hàng; đã bán; đã giao; đã giao hàng; đã nhận hàng'
            ),
            ('cancelled', 'Vietnamese', 'hủy; huỷ; đã hủy; đã huỷ; bị hủy; bị huỷ; hủy đơn; đã hủy đơn; hủy bỏ'),
            (
                'refund',
                'Vietnamese',
                'hoàn tiền; đã hoàn tiền; hoàn trả; đã hoàn trả; trả hàng; đã trả hàng; trả lại; đã trả lại'
            ),
            ('partial_refund', 'Vietnamese', 'hoàn tiền một phần; đã hoàn tiền một phần; trả hàng một phần'),
            (
                'not_a_sale',
                'Vietnamese',
                'chờ thanh toán; đang chờ thanh toán; chờ xử lý; đang chờ; đang xử lý thanh toán; chưa thanh toán; nháp; bản nháp; lưu tạm; thất bại; thanh toán thất bại; không thành công; bị từ chối; từ chối; báo giá; hết hạn; tạm giữ; thử nghiệm; lỗi'
            ),
            (
                'sale',
                'Indonesian, Malay',
                'lunas; dibayar; sudah dibayar; telah dibayar; selesai; berhasil; pembayaran berhasil; penjualan; terjual; terkirim; berjaya; jualan; telah selesai'
            ),
            ('cancelled', 'Indonesian, Malay', 'batal; dibatalkan; telah dibatalkan; pembatalan; pesanan dibatalkan'),
            (
                'refund',
                'Indonesian, Malay',
                'dikembalikan; pengembalian; pengembalian dana; pengembalian barang; dana dikembalikan; retur; diretur; bayaran balik; dibayar balik; dipulangkan'
            ),
            (
                'partial_refund',
                'Indonesian, Malay',
                'dikembalikan sebagian; pengembalian sebagian; pengembalian dana sebagian; retur sebagian'
            ),
            (
                'not_a_sale',
                'Indonesian, Malay',
                'menunggu; menunggu pembayaran; menunggu bayaran; tertunda; ditunda; belum dibayar; belum lunas; belum bayar; draf; konsep; gagal; pembayaran gagal; ditolak; penawaran; kedaluwarsa; kadaluarsa; percobaan; kesalahan'
            ),
            ('sale', 'Hindi', 'भुगतान किया गया; भुगतान हो गया; पूर्ण; पूरा; पूरा हुआ; बिक्री'),
            ('cancelled', 'Hindi', 'रद्द; रद्द किया गया; रद्द हुआ'),
            ('refund', 'Hindi', 'वापसी; धनवापसी; रिफंड; वापस किया गया; लौटाया गया'),
            ('not_a_sale', 'Hindi', 'लंबित; प्रतीक्षा में; भुगतान लंबित; असफल; विफल; ड्राफ्ट; अस्वीकृत'),
            ('sale', 'Japanese', '支払い済み; 支払済み; 支払済; 支払完了; 入金済み; 入金済; 完了; 取引完了; 売上; 売上済み; 販売; 販売済み; 配送済み; 発送済み; 受取済み'),
            ('cancelled', 'Japanese', 'キャンセル; キャンセル済み; キャンセル済; 取消; 取消済み; 取り消し; 取り消し済み; 取引取消'),
            ('refund', 'Japanese', '返金; 返金済み; 返金済; 全額返金; 返品; 返品済み; 払い戻し; 払い戻し済み; 払戻'),
            ('partial_refund', 'Japanese', '一部返金; 一部返金済み; 一部返金済; 部分返金; 一部払い戻し; 一部返品'),
            (
                'not_a_sale',
                'Japanese',
                '保留; 保留中; 未払い; 未払; 未入金; 支払い待ち; 支払待ち; 入金待ち; 下書き; 失敗; 支払い失敗; 決済失敗; 見積; 見積もり; 見積書; 拒否; 期限切れ; テスト; トレーニング; エラー; 削除済み'
            ),
            ('sale', 'Chinese', '已付款; 已支付; 支付成功; 付款成功; 已完成; 完成; 交易成功; 交易完成; 已成交; 已售; 已售出; 销售; 銷售; 已发货; 已發貨; 已送达; 已送達; 已签收; 已簽收'),
            ('cancelled', 'Chinese', '取消; 已取消; 订单取消; 訂單取消; 作废; 作廢; 已作废; 已作廢'),
            ('refund', 'Chinese', '退款; 已退款; 全额退款; 全額退款; 退货; 退貨; 已退货; 已退貨; 退款成功; 退款完成'),
            ('partial_refund', 'Chinese', '部分退款; 已部分退款; 部分退货; 部分退貨'),
            (
                'not_a_sale',
                'Chinese',
                '待付款; 待支付; 未付款; 未支付; 等待付款; 草稿; 失败; 失敗; 支付失败; 支付失敗; 付款失败; 付款失敗; 报价; 報價; 已拒绝; 已拒絕; 已过期; 已過期; 测试; 測試; 培训; 待处理; 待處理; 挂起; 错误; 錯誤; 已删除; 已刪除'
            ),
            ('sale', 'Korean', '결제완료; 결제됨; 지불됨; 지불완료; 완료; 완료됨; 거래완료; 판매; 판매완료; 배송완료; 수령완료'),
            ('cancelled', 'Korean', '취소; 취소됨; 취소완료; 주문취소; 결제취소'),
            ('refund', 'Korean', '환불; 환불됨; 환불완료; 전액환불; 반품; 반품완료'),
            ('partial_refund', 'Korean', '부분환불; 부분환불됨; 부분환불완료; 일부환불'),
            (
                'not_a_sale',
                'Korean',
                '대기; 대기중; 결제대기; 입금대기; 미결제; 미입금; 미지불; 임시저장; 실패; 결제실패; 견적; 거절; 거절됨; 보류; 만료; 만료됨; 테스트; 교육; 오류; 삭제됨'
            ),
            ('sale', 'Arabic', 'مدفوع; مدفوعة; تم الدفع; مكتمل; مكتملة; تم البيع; مباع; بيع; تم التسليم; تم التوصيل; تم الشحن'),
            ('cancelled', 'Arabic', 'ملغي; ملغى; ملغاة; ملغية; تم الإلغاء; تم الالغاء; إلغاء; الغاء'),
            ('refund', 'Arabic', 'مسترد; مستردة; مسترجع; تم الاسترداد; استرداد; مرتجع; مرتجعات; تم الإرجاع; إرجاع'),
            ('partial_refund', 'Arabic', 'مسترد جزئيا; مستردة جزئيا; مسترد جزئيًا; مستردة جزئيًا; استرداد جزئي'),
            (
                'not_a_sale',
                'Arabic',
                'معلق; معلقة; قيد الانتظار; في الانتظار; بانتظار الدفع; مسودة; فشل; فاشل; فاشلة; مرفوض; مرفوضة; غير مدفوع; غير مدفوعة; عرض سعر; منتهي; تجربة; خطأ'
            ),
            ('sale', 'Hebrew', 'שולם; שולמה; הושלם; הושלמה; נמכר; נמסר; מכירה'),
            ('cancelled', 'Hebrew', 'בוטל; בוטלה; מבוטל; מבוטלת; ביטול'),
            ('refund', 'Hebrew', 'הוחזר; הוחזרה; החזר; החזר כספי; זיכוי; זוכה'),
            ('partial_refund', 'Hebrew', 'החזר חלקי; הוחזר חלקית; זיכוי חלקי'),
            (
                'not_a_sale',
                'Hebrew',
                'ממתין; ממתינה; ממתין לתשלום; טיוטה; נכשל; נכשלה; נדחה; נדחתה; לא שולם; לא שולמה; הצעת מחיר; שגיאה'
            )
    ),

    split as (select meaning, used_by, {{ capi_unnest(capi_split("statuses", ";")) }} as status from lists),

    {{ capi_status_key_steps("split", "split_keyed") }},

    keyed as (select status_key, meaning, used_by, {{ capi_trim("status") }} as status from split_keyed)

select *
from keyed
