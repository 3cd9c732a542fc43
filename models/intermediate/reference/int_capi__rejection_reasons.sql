-- The order of the rows is the order of judgement: of all reasons that hold the first is told first.
with
    reasons(priority, reason, remedy) as (
        values
            (5, 'superseded', 'A newer row of the receipt, by updated_at, is the one that counts; nothing to do.'),
            (10, 'test_store', 'The store is listed in capi_test_stores; take it off the list if its sales are real.'),
            (
                20,
                'cancelled',
                'The status of the order, or of another row of its receipt, says that it was cancelled; nothing to do.'
            ),
            (
                21,
                'refund',
                'The status, negative total or refunded of the order, or of another row of its receipt, says that the money was given back, which Meta has no event for; nothing to do.'
            ),
            (
                22,
                'not_a_sale',
                'The order''s status says that no sale was completed. If it means one in this shop, list it in capi_statuses_sales.'
            ),
            (
                23,
                'status_unknown',
                'The order''s status is not known to be a sale. List it in capi_statuses_sales if it is one, else in capi_statuses_not_sales; capi_status_when_unknown: sent sends whatever is in neither.'
            ),
            (
                30,
                'consent_denied',
                'The person has not allowed marketing use, in this row, another row of the receipt, or a row of the customer; nothing to do.'
            ),
            (
                31,
                'consent_unclear',
                'Write marketing_consent as yes or no in all rows of the receipt and of the customer, or list the word that is used in capi_consent_words.'
            ),
            (
                32,
                'consent_unknown',
                'Record marketing_consent for the customer, or on the order where it names no customer, or set capi_consent_when_unknown: sent if you may.'
            ),
            (
                33,
                'limited_data_use_unclear',
                'Write limited_data_use as true or false in all rows of the receipt and of the customer.'
            ),
            (34, 'opt_out_unclear', 'Write opt_out as true or false in all rows of the receipt and of the customer.'),
            (
                35,
                'store_unknown',
                'Add the store to stores, or set capi_store_when_unknown: defaults if the defaults are meant for it.'
            ),
            (40, 'time_missing', 'Fill ordered_at with the moment of the sale.'),
            (41, 'time_in_milliseconds', 'Divide ordered_at by 1,000 (or 1,000,000): Meta takes Unix seconds.'),
            (
                42,
                'time_is_spreadsheet_serial',
                'Export ordered_at as text such as 2026-11-24 10:15:00 instead of a spreadsheet''s day number.'
            ),
            (43, 'time_without_clock', 'Export ordered_at with its time of day; a date alone is not the moment of a sale.'),
            (
                44,
                'time_not_readable',
                'Where the day or the month stands first, set capi_date_order to dmy or mdy. Else name a model of your own in capi_orders_model that has, with the form that the till writes: strptime(ordered_at, ''%d.%m.%Y %H:%M'') as ordered_at. An abbreviation of a zone (EST, CET) is no offset.'
            ),
            (
                45,
                'time_zone_missing',
                'ordered_at has no offset: fill time_zone of the store with an IANA name such as Europe/Paris, or set capi_default_time_zone.'
            ),
            (
                46,
                'time_zone_unknown',
                'Correct time_zone of the store to an IANA name such as Europe/Paris; an abbreviation (EST, BST) or an offset names no place.'
            ),
            (50, 'dataset_missing', 'Set dataset_id of the order or the store, or capi_dataset_id.'),
            (51, 'dataset_invalid', 'Write dataset_id as the digits that Events Manager shows.'),
            (
                52,
                'event_name_invalid',
                'Use a standard event name, or one of up to 50 letters, digits, spaces, dashes and underscores.'
            ),
            (53, 'action_source_unknown', 'Use one of Meta''s action sources, such as physical_store.'),
            (
                54,
                'in_the_future',
                'Correct ordered_at, the zone of the store or the till''s clock: the sale lies after the start of this run.'
            ),
            (55, 'too_old', 'Send sooner: Meta takes store events for 62 days and all others for 7.'),
            (60, 'value_missing', 'Fill total: a Purchase without a value is refused by Meta.'),
            (
                61,
                'value_not_a_number',
                'Write total as a number such as 1234.56; where capi_decimal_mark is set, with that mark.'
            ),
            (
                62,
                'value_ambiguous',
                'The mark in total may be of decimals or of thousands, as in 1,234: set capi_decimal_mark to . or , as the shop writes decimals.'
            ),
            (
                63,
                'value_in_another_currency',
                'The sign or code in total is not that of the currency: correct the one or the other.'
            ),
            (
                64,
                'refunded_unclear',
                'Part of the money was given back, and how much is not known: fill refunded with the amount as a plain number, such as 12.50.'
            ),
            (65, 'currency_missing', 'Fill currency of the order or the store.'),
            (
                66,
                'currency_unknown',
                'Write currency as an ISO 4217 code such as EUR; for minor units such as GBp divide total by 100 and write GBP.'
            ),
            (
                67,
                'event_too_large',
                'Shorten the ids, tags and custom fields of the order: together they are over 10,000 characters.'
            ),
            (
                70,
                'no_match_keys',
                'Nothing usable says who bought: collect an e-mail or a phone. Where the shop has one, capi_mapping says whether its column is read.'
            ),
            (
                71,
                'match_keys_too_broad',
                'Meta refuses events that only know such things as city or gender; collect an e-mail, a phone or a full name.'
            ),
            (90, 'duplicate_row', 'The same event stands in another row, which is used; remove the copy.'),
            (
                91,
                'conflicting_duplicate',
                'Several rows share Meta''s deduplication key but differ: keep one row an order, fill updated_at so that the newest row wins, fill item_number if they are lines, or set capi_order_id_scope: store when receipt numbers repeat across stores.'
            ),
            (
                92,
                'order_id_repeated',
                'One receipt has rows at different times: fill updated_at so that the newest row wins, or item_number if they are lines; or, when receipt numbers begin anew each day, set capi_order_id_scope: day, and two sales at two times with one number are two events.'
            )
    )

select *
from reasons
