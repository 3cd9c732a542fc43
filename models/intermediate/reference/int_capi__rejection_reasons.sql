-- Reasons are judged in this order: the first one that applies is reported first.
with
    reasons(priority, reason, remedy) as (
        values
            (5, 'superseded', 'A newer row of the receipt, by updated_at, counts instead; nothing to do.'),
            (10, 'test_store', 'The store is listed in capi_test_stores; take it off the list if its sales are real.'),
            (
                20,
                'cancelled',
                'The status of the order, or of another row of its receipt, says that it was cancelled; nothing to do.'
            ),
            (
                21,
                'refund',
                'The status, a negative total or refunded of the order, or of another row of its receipt, says that the money was refunded. Meta has no event for that; nothing to do.'
            ),
            (
                22,
                'not_a_sale',
                'The order''s status says that no sale was completed. If it means a sale in your shop, list it in capi_statuses_sales.'
            ),
            (
                23,
                'status_unknown',
                'It is not known whether the order''s status means a sale. List it in capi_statuses_sales if it does, else in capi_statuses_not_sales; capi_status_when_unknown: sent sends whatever is in neither.'
            ),
            (
                30,
                'consent_denied',
                'The person has not allowed marketing use, in this row, another row of the receipt, or a row of the customer; nothing to do.'
            ),
            (
                31,
                'consent_unclear',
                'Write marketing_consent as yes or no in all rows of the receipt and of the customer, or list the shop''s word in capi_consent_words.'
            ),
            (
                32,
                'consent_unknown',
                'Record marketing_consent for the customer, or on the order if it names no customer. If you may send without it, set capi_consent_when_unknown: sent.'
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
                'Add the store to stores, or set capi_store_when_unknown: defaults if the defaults are right for it.'
            ),
            (40, 'time_missing', 'Fill ordered_at with the time of the sale.'),
            (41, 'time_in_milliseconds', 'Divide ordered_at by 1,000 (or 1,000,000): Meta takes Unix seconds.'),
            (
                42,
                'time_is_spreadsheet_serial',
                'Export ordered_at as text such as 2026-11-24 10:15:00 instead of a spreadsheet''s day number.'
            ),
            (43, 'time_without_clock', 'Export ordered_at with the time of day; a date alone is not enough.'),
            (
                44,
                'time_not_readable',
                'If the day or the month comes first, set capi_date_order to dmy or mdy. Else name your own model in capi_orders_model, with the format that the till writes: strptime(ordered_at, ''%d.%m.%Y %H:%M'') as ordered_at. A zone abbreviation (EST, CET) is not an offset.'
            ),
            (
                45,
                'time_zone_missing',
                'ordered_at has no offset: fill time_zone of the store with an IANA name such as Europe/Paris, or set capi_default_time_zone.'
            ),
            (
                46,
                'time_zone_unknown',
                'Correct time_zone of the store to an IANA name such as Europe/Paris; an abbreviation (EST, BST) or an offset does not name a place.'
            ),
            (50, 'dataset_missing', 'Fill dataset_id of the order or the store, or set capi_dataset_id.'),
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
                'Correct ordered_at, the zone of the store or the till''s clock: the sale is later than the start of this run.'
            ),
            (55, 'too_old', 'Send sooner: Meta takes store events for 62 days and all others for 7.'),
            (60, 'value_missing', 'Fill total: Meta refuses a Purchase without a value.'),
            (61, 'value_not_a_number', 'Write total as a number such as 1234.56; if capi_decimal_mark is set, use that mark.'),
            (
                62,
                'value_ambiguous',
                'The mark in total may separate decimals or thousands, as in 1,234: set capi_decimal_mark to . or , as the shop writes decimals.'
            ),
            (63, 'value_in_another_currency', 'The sign or code in total is not that of currency: correct one of them.'),
            (
                64,
                'refunded_unclear',
                'Part of the money was refunded, but it is not known how much: fill refunded with the amount as a plain number, such as 12.50.'
            ),
            (65, 'currency_missing', 'Fill currency of the order or the store.'),
            (
                66,
                'currency_unknown',
                'Write currency as an ISO 4217 code such as EUR; for minor units such as GBp, divide total by 100 and write GBP.'
            ),
            (
                67,
                'event_too_large',
                'Shorten the ids, tags and custom fields of the order: together they are over 10,000 characters.'
            ),
            (
                70,
                'no_match_keys',
                'Nothing usable says who bought: collect an e-mail or a phone. If the shop already has one, check in capi_mapping whether its column is read.'
            ),
            (
                71,
                'match_keys_too_broad',
                'Meta refuses events that only have values such as city or gender; collect an e-mail, a phone or a full name.'
            ),
            (90, 'duplicate_row', 'Another row has the same event and is used; remove the copy.'),
            (
                91,
                'conflicting_duplicate',
                'Several rows share Meta''s deduplication key but differ: keep one row per order, fill updated_at so that the newest row wins, fill item_number if they are lines, or set capi_order_id_scope: store if receipt numbers repeat across stores.'
            ),
            (
                92,
                'order_id_repeated',
                'One receipt has rows at different times: fill updated_at so that the newest row wins, or item_number if they are lines. If receipt numbers start over each day, set capi_order_id_scope: day; two sales at two times with one number are then two events.'
            )
    )

select *
from reasons
