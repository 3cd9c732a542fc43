-- Why a value is left out of an event that is sent anyway. How values are read: docs/normalisation.md.
with
    reasons(reason, fields, remedy) as (
        values
            ('email_not_an_address', 'em', 'Correct the address at the till, or map the right column.'),
            (
                'phone_country_unknown',
                'ph',
                'Fill country of the customer or the store, or set capi_default_country: a national number cannot be completed without one.'
            ),
            ('phone_length_impossible', 'ph', 'No number in that country has this many digits: correct it.'),
            ('phone_calling_code_unknown', 'ph', 'The digits after + or 00 belong to no country: correct the number.'),
            ('phone_has_no_digits', 'ph', 'Correct the value, or map the right column.'),
            ('name_has_no_letters', 'fn, ln', 'Correct the value, or map the right column.'),
            ('city_has_no_letters', 'ct', 'Correct the value, or map the right column.'),
            ('state_has_no_letters', 'st', 'Correct the value, or map the right column.'),
            ('gender_unknown', 'ge', 'Map your own codes to f and m in a model.'),
            (
                'date_ambiguous',
                'db',
                'Day and month could be swapped: set capi_date_order to dmy or mdy, as the shop writes them.'
            ),
            ('date_not_readable', 'db', 'Write dates of birth as YYYY-MM-DD.'),
            ('date_impossible', 'db', 'There is no such day: correct the date.'),
            (
                'date_with_a_time',
                'db',
                'With a time other than midnight and no known zone, it is unclear which day is meant: export a date.'
            ),
            ('date_out_of_range', 'db', 'The day is before 1900: correct the date.'),
            ('state_unknown', 'st', 'No state or province of that country has this name or code: correct it.'),
            ('postcode_not_five_digits', 'zp', 'Often a leading zero is lost: export postcodes as text.'),
            ('postcode_too_short', 'zp', 'Correct the value, or map the right column.'),
            ('country_unknown', 'country', 'Write an ISO 3166-1 code, or a name listed in int_capi__countries.'),
            (
                'float_text',
                'ph, zp, external_id',
                'The column went through a floating-point type (94025.0), which may have lost digits: export it as text.'
            ),
            (
                'id_has_no_letters_or_digits',
                'external_id',
                'The id is masked (****), or the cell holds a list of ids: export one id, as your other channels send it.'
            ),
            (
                'external_id_is_contact',
                'external_id',
                'An unhashed id may not look like an e-mail address or a phone number: have it hashed (capi_hash_external_id: true).'
            ),
            (
                'customer_not_found',
                'customer_id',
                'No row of customers has this id: compare how both tables write it. Leading zeros and case count.'
            ),
            ('madid_is_zeros', 'madid', 'The person has opted out of tracking; nothing to do.'),
            ('madid_not_a_uuid', 'madid', 'This is not an advertising id: correct it, or map the right column.'),
            ('lead_id_not_15_to_17_digits', 'lead_id', 'Export lead ids as text.'),
            (
                'md5_hash',
                'any that is hashed',
                'Meta only takes SHA-256: use that, or give plain text and let this package hash it.'
            ),
            (
                'not_a_sha256',
                'any that is hashed',
                'capi_hashed_columns says that the column is hashed, but this is not a SHA-256: hash it, or remove the column from the setting.'
            ),
            (
                'product_id_missing',
                'contents',
                'The line has no product_id and is left out: fill it in as in your catalogue at Meta.'
            ),
            ('quantity_not_a_whole_number', 'contents', 'The line is left out: Meta only takes whole numbers from 1.'),
            (
                'too_many_lines',
                'contents',
                'All lines are left out, because together they have more than 200,000 characters; nothing to do.'
            ),
            (
                'lines_of_several_days',
                'contents',
                'All lines are left out: with capi_order_id_scope: day a number means several receipts, and lines do not say which day they belong to. If they have a day, put it into order_id of both tables in models of your own, and leave the scope at dataset.'
            ),
            (
                'lines_of_several_stores',
                'contents',
                'All lines are left out: several stores share the receipt number, and lines name no store. Use different numbers in each store.'
            ),
            ('price_not_an_amount', 'contents.item_price', 'Write unit_price as a plain number, such as 12.50.'),
            (
                'delivery_category_unknown',
                'contents.delivery_category',
                'Write Meta''s words: in_store, curbside or home_delivery.'
            )
    )

select *
from reasons
