{#- What tills, shop systems and newsletters in a dozen languages call our columns: our column -> names in the form of capi_name_key.
    These are only for hints: no column is ever read because of them. -#}
{% macro capi_column_synonyms(table) %}
    {%- set contact = {
        "email": "email mail emailaddress emailadress emailaddr emailid mailaddress emailadresse mailadresse epost epostadresse epostadress
            adressemail adresseemail adresemail courriel correo correoelectronico direccionemail indirizzoemail postaelettronica enderecoemail
            eposta email1 почта электроннаяпочта メールアドレス eメール email電子メール メール 邮箱 电子邮件 이메일",
        "phone": "phone phonenumber phoneno phonenum phonee164 phone1 tel telno telephone telephonenumber mobile mobilenumber mobileno mobilephone cell
            cellphone cellnumber contactnumber telefon telefonnummer telefonnr handy handynummer mobil mobilnummer mobiltelefon rufnummer
            numerodetelephone numtelephone portable telefono numerotelefono numerodetelefono movil celular cellulare telefone telemovel
            telportable telmobile telfixe teldomicile telephoneportable telephonemobile telephonefixe telefonomovil telefonocelular
            telefoonnummer telefoon gsm mobiel nrtelefonu komorka телефон мобильный 電話番号 电话 手机 전화번호",
    } -%}
    {%- set person = {
        "first_name": "firstname fname givenname givennames forename namefirst vorname prenom nombre nome nomeproprio primeironome voornaam imie
            fornavn fornamn имя 名",
        "last_name": "lastname lname surname familyname namelast nachname familienname zuname nomdefamille apellido apellidos cognome sobrenome
            apelido achternaam nazwisko etternavn efternavn efternamn soyad soyadi фамилия 姓",
        "first_name, last_name": "fullname customername clientname name cardholdername displayname contactname buyername kundenname
            vorundnachname nomcomplet nomprenom nombrecompleto nomecompleto nominativo imieinazwisko navn namn naam isim фио 氏名 姓名",
        "gender": "gender sex geschlecht anrede salutation genre sexe civilite genero sexo sesso geslacht plec kjonn kon cinsiyet пол 性別 性别",
        "date_of_birth": "dateofbirth birthdate birthday dob bday bdate dateborn geburtsdatum geburtstag gebdatum gebdat datedenaissance
            datenaissance naissance neele nele ddn fechadenacimiento fechanacimiento nacimiento cumpleanos datadinascita datanascita nascita
            datadenascimento datanascimento nascimento geboortedatum dataurodzenia fodselsdato fodelsedatum dogumtarihi датарождения
            生年月日 出生日期",
        "city": "city town cityname addresscity locality suburb ort stadt wohnort ville commune ciudad poblacion localidad citta comune cidade
            woonplaats plaats miasto sehir город 市区町村 城市",
        "state": "state province region stateprovince statecode provincecode bundesland departement provincia comunidadautonoma regione uf
            provincie wojewodztwo fylke область регион 都道府県 省 st",
        "postal_code": "postalcode postcode zip zipcode zippostalcode postalzip plz postleitzahl codepostal cp codigopostal cap codicepostale cep
            kodpocztowy postnummer postnr pin pincode postakodu индекс 郵便番号 邮编",
        "country": "country countrycode countryname countryiso land landcode laendercode pays codepays pais codigopais paese nazione kraj ulke
            страна 国 国家",
        "external_id": "externalid crmid loyaltyid loyaltynumber loyaltycard loyaltycardnumber loyaltyno memberid memberno membernumber rewardsid
            rewardsnumber klantenkaart kundenkarte 会員番号 会員id 会員コード 会员号 회원번호",
        "madid": "madid idfa gaid aaid adid advertisingid mobileadvertiserid mobileadid",
        "lead_id": "leadid fbleadid facebookleadid metaleadid",
        "marketing_consent": "marketingconsent consent acceptsmarketing marketingoptin optin optedin newsletter newsletteroptin subscribed emailoptin
            emailconsent emailmarketing emailmarketingconsent acceptsemailmarketing emailsubscriptionstatus einwilligung werbeeinwilligung
            newsletteranmeldung consentement consentementmarketing consentimiento aceptamarketing consenso consensomarketing consentimento
            toestemming zgoda zgodamarketingowa samtykke samtycke gdprconsent emailoptin smsoptin nieuwsbrief nieuwsbriefinschrijving メルマガ メルマガ購読 メール配信 dm配信 配信可否 邮件订阅 수신동의 마케팅수신동의",
        "limited_data_use": "limiteddatause ldu ccpa donotsell",
        "opt_out": "optout optedout unsubscribed donotcontact donottrack widerspruch",
    } -%}
    {%- do person.update(contact) -%}
    {%- set store_id = "storeid storeno storenr storenumber storecode storename store shop shopid location locationid locationname branch branchid outlet
        outletid outletname siteid filiale filialnummer filialnr filialid markt marktnr magasin idmagasin boutique tienda idtienda negozio
        puntovendita loja idloja winkel winkelnummer filiaal filiaalnummer filiaalcode vestiging vestigingsnummer sklep butik магазин 店舗コード 店舗番号 店舗id 店舗名 店舗 店番 门店 店铺 매장" -%}
    {%- set customer_id = "customerid customerno customernumber customernr customer custid custno clientid client buyerid contactid patronid
        kundennummer kundennr kundenid kdnr kunde numeroclient idclient idcliente clienteid cliente codcliente codicecliente klantnummer
        klantid klant idklienta kundnr kundenummer relatienummer pasnummer 顧客番号 顧客id 顧客コード お客様番号 客户编号 고객번호" -%}
    {%- set order_id = "orderid orderno ordernumber ordernr ordernum order receiptid receiptno receiptnumber receipt ticketid ticketnumber ticket
        transactionid transactionno transactionnumber transaction saleid salesid salenumber invoiceid invoiceno invoicenumber invoice
        checknumber bonnr bonnummer bon belegnummer belegnr bestellnummer bestellnr auftragsnummer auftragsnr rechnungsnummer rechnungsnr
        numerocommande numcommande commande numeroticket idpedido pedido numeropedido numerodepedido idordine ordine numeroordine
        scontrino numeroscontrino bonnumber bestelnummer nrzamowienia zamowienie paragon ordrenummer заказ номерзаказа 注文番号 订单号
            txnid txnno txn bonid kassabonnummer kassabon transactienummer 取引番号 取引id 伝票番号 レシート番号 売上番号 受注番号 交易号 单号 주문번호 거래번호" -%}
    {%- set currency = "currency currencycode currencyiso curr ccy wahrung waehrung devise monnaie moneda divisa valuta moeda waluta валюта 通貨 货币" -%}

    {%- set synonyms = {} -%}
    {%- if table == "orders" -%}
        {%- do synonyms.update(person) -%}
        {%- do synonyms.update({
            "order_id": order_id ~ " id no nr number nummer",
            "customer_id": customer_id,
            "store_id": store_id,
            "currency": currency,
            "ordered_at": "orderedat orderdate orderdatetime ordertime createdat created createdate creationdate datecreated date datetime timestamp
                saledate saletime soldat transactiondate transactiondatetime receiptdate purchasedate purchasedat paidat completedat closedat
                processedat bestelldatum datum verkaufsdatum belegdatum kaufdatum rechnungsdatum bondatum zeitstempel zeitpunkt datecommande
                dateachat datevente fecha fechapedido fechaventa fechahora data dataora dataordine datapedido dataehora datazamowienia
                salgsdato dato tarih дата 注文日時 下单时间 txndate txntime txndatetime datetimeofsale transactietijd transactiedatum verkoopdatum 取引日時
                取引日 売上日時 売上日 販売日時 購入日時 購入日 注文日 日時 日付 交易时间 销售时间 거래일시 주문일시",
            "updated_at": "updatedat updated lastupdated lastmodified modifiedat modified updatedon datemodified geaendertam geandertam
                aktualisiertam",
            "total": "total totalamount totalprice totalvalue totalpaid totalgross grandtotal ordertotal amount amountpaid orderamount ordervalue
                grossamount grosstotal sum summe betrag gesamt gesamtbetrag gesamtsumme endbetrag rechnungsbetrag bruttobetrag brutto umsatz
                montant montantttc montanttotal totalttc importe importetotal monto montototal importo totale valor valortotal bedrag
                totaalbedrag totaal kwota suma wartosc belop totalt tutar toplam сумма итого 合計 金额 总额
                netsales netamount nettotal totaalinclbtw totaalinclusiefbtw bedraginclbtw tebetalen totalinclvat totalinclusivevat totalinctax totalincltax
                bruttoumsatz totalttceur 合計金額 総合計 総額 税込合計 売上金額 お支払金額 支払金額 取引金額 合计 实付金额 销售金额 합계 총액 결제금액",
            "refunded": "refunded refundedamount refundamount totalrefunded amountrefunded refunds erstattet erstattung erstattungsbetrag rembourse
                montantrembourse reembolso reembolsado rimborso terugbetaald",
            "status": "status orderstatus paymentstatus financialstatus salestatus receipttype transactiontype bestellstatus zahlungsstatus statut
                etat etatcommande situacao estado estadopedido stato statoordine toestand statuszamowienia stan durum статус ステータス 状态 bonstatus kassabonstatus verkoopstatus txntype txnstatus 取引区分 区分 取引状態 売上区分 状況 交易状态 订单状态 상태 거래구분",
            "dataset_id": "datasetid pixelid",
            "event_name": "eventname",
            "action_source": "actionsource",
            "item_number": "itemnumber",
            "upload_tag": "uploadtag",
            "event_id": "eventid",
        }) -%}
    {%- elif table == "order_items" -%}
        {%- do synonyms.update({
            "order_id": order_id,
            "product_id": "productid productno productnumber productcode productsku sku itemsku lineitemsku itemid itemno itemnumber itemcode variantid
                variantsku articleid articleno artikelnummer artikelnr artnr artikel produktid produktnummer referenceproduit refarticle codearticle
                codigoproducto codicearticolo codiceprodotto artikelcode ean gtin barcode upc plu handle артикул 商品コード 商品编号 商品番号 商品id janコード jan",
            "quantity": "quantity qty quantitysold qtysold units menge anzahl stuck stueck quantite qte cantidad unidades quantita qta quantidade qtd
                aantal ilosc antal antall adet miktar количество 数量",
            "unit_price": "unitprice price listprice itemprice priceperunit singleprice sellprice sellingprice saleprice einzelpreis preis stuckpreis
                stueckpreis vkpreis prixunitaire prix preciounitario precio prezzounitario prezzo precounitario preco eenheidsprijs prijs
                stukprijs cenajednostkowa cena enhetspris pris birimfiyat fiyat цена 単価 单价",
            "title": "title name productname producttitle itemname lineitemname description bezeichnung artikelbezeichnung produktname artikelname
                libelle designation nomproduit descripcion nombreproducto descrizione descricao nomeproduto omschrijving productnaam nazwa
                nazwaproduktu produktnavn urunadi наименование 商品名 商品名称",
            "brand": "brand vendor manufacturer marke hersteller marque fabricant marca merk marka producent varumarke merke бренд ブランド 品牌",
            "category": "category productcategory producttype itemcategory department kategorie warengruppe categorie categoria rayon famille
                kategoria kategori категория カテゴリ 类目",
            "delivery_category": "deliverycategory fulfillmenttype diningoption",
        }) -%}
    {%- elif table == "customers" -%}
        {%- do synonyms.update(person) -%}
        {%- do synonyms.update({"customer_id": customer_id ~ " id no nr number nummer userid"}) -%}
    {%- else -%}
        {%- do synonyms.update({
            "store_id": store_id ~ " id no nr number nummer code",
            "currency": currency,
            "country": person.country,
            "state": person.state,
            "time_zone": "timezone tz zone timezoneid timezonename ianatimezone zeitzone fuseauhoraire fuseau zonahoraria fusoorario fusohorario tijdzone
                strefaczasowa tidszone tidssone saatdilimi часовойпояс",
            "dataset_id": "datasetid pixelid",
            "store_code": "storecode",
            "store_page_id": "storepageid",
            "brand_page_id": "brandpageid pageid",
        }) -%}
    {%- endif -%}
    {{ return(synonyms) }}
{% endmacro %}

{#- The name of a column in the form in which names are compared: lower case, without accents, only letters and digits. -#}
{% macro capi_name_key(name) %}
    {%- set key = namespace(text=modules.re.sub("n[°º][.]?|№", "numero", name | lower)) -%}
    {%- for letters, plain in [
        ("[àáâãäåā]", "a"), ("[çćč]", "c"), ("[èéêëęė]", "e"), ("[ìíîïıİ]", "i"), ("[ñńň]", "n"), ("[òóôõöøō]", "o"), ("[ùúûüū]", "u"), ("[ýÿ]", "y"),
        ("[śšş]", "s"), ("[źżž]", "z"), ("[ğ]", "g"), ("ł", "l"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("[\\W_]+", ""),
    ] -%}
        {%- set key.text = modules.re.sub(letters, plain, key.text) -%}
    {%- endfor -%}
    {{ return(key.text) }}
{% endmacro %}

{#- Words at the beginning of a name that say whose a value is; they are removed if the whole name is not known. Persons and places other
    than the customer, such as a cashier or the store, are not among them. -#}
{% macro capi_name_subjects(table) %}
    {{
        return(
            {
                "orders": "billingaddress billto billing bill rechnungs customer custom cust client buyer kunden kunde contact guest order sale sales receipt transaction
                    transaktions invoice shippingaddress shipto shipping delivery liefer",
                "order_items": "lineitem line item product produkt artikel order",
                "customers": "defaultaddress default billing customer cust client contact member kunden kunde primary main home private user account shipping",
                "stores": "store shop location branch filial outlet",
            }[table].split()
        )
    }}
{% endmacro %}
