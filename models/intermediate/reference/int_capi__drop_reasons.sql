-- Why a value is left out of an event that is sent anyway. What is read, and how: docs/normalisation.md.
with
    reasons(reason, fields, remedy) as (
        values
            ('email_not_an_address', 'em', 'Correct the address at the till, or the column that is read.'),
            (
                'phone_country_unknown',
                'ph',
                'Fill country of the customer or the store, or set capi_default_country: a national number is not completed without one.'
            ),
            ('phone_length_impossible', 'ph', 'No number of that country has so many digits: correct it.'),
            ('phone_calling_code_unknown', 'ph', 'The digits after + or 00 are no country''s: correct the number.'),
            ('phone_has_no_digits', 'ph', 'Correct the column that is read.'),
            ('name_has_no_letters', 'fn, ln', 'Correct the column that is read.'),
            ('city_has_no_letters', 'ct', 'Correct the column that is read.'),
            ('state_has_no_letters', 'st', 'Correct the column that is read.'),
            ('gender_unknown', 'ge', 'Map your own codes to f and m in a model.'),
            (
                'date_ambiguous',
                'db',
                'Day and month could be either: set capi_date_order to dmy or mdy, as the shop writes them.'
            ),
            ('date_not_readable', 'db', 'Write dates of birth as YYYY-MM-DD.'),
            ('date_impossible', 'db', 'There is no such day: correct it.'),
            (
                'date_with_a_time',
                'db',
                'A time of day other than midnight leaves open which day is meant, as the zone is not known: export a date.'
            ),
            ('date_out_of_range', 'db', 'The day is before 1900: correct it.'),
            ('state_unknown', 'st', 'No state or province of that country has this name or code: correct it.'),
            ('postcode_not_five_digits', 'zp', 'Often a leading zero was lost: export postcodes as text.'),
            ('postcode_too_short', 'zp', 'Correct the column that is read.'),
            ('country_unknown', 'country', 'Write ISO 3166-1 codes, or names that int_capi__countries lists.'),
            (
                'float_text',
                'ph, zp, external_id',
                'The column went through a floating-point type (94025.0), which may have lost digits: export it as text.'
            ),
            (
                'id_has_no_letters_or_digits',
                'external_id',
                'The id is masked (****), or the cell is a list of several: export one id, as your other channels send it.'
            ),
            (
                'external_id_is_contact',
                'external_id',
                'An id that is sent as it is may not look like an e-mail address or a phone: let it be hashed (capi_hash_external_id: true).'
            ),
            (
                'customer_not_found',
                'customer_id',
                'No row of customers has this id: compare how both tables write it, as leading zeros and case count.'
            ),
            ('madid_is_zeros', 'madid', 'The person has opted out of tracking; nothing to do.'),
            ('madid_not_a_uuid', 'madid', 'It is no advertising id: correct the column that is read.'),
            ('lead_id_not_15_to_17_digits', 'lead_id', 'Export lead ids as text.'),
            (
                'md5_hash',
                'any that is hashed',
                'Meta takes SHA-256 alone: hash with that, or give plain text and let this package hash.'
            ),
            (
                'not_a_sha256',
                'any that is hashed',
                'capi_hashed_columns says that the column is hashed, and this is not a SHA-256: hash it, or take the column off the setting.'
            ),
            (
                'product_id_missing',
                'contents',
                'The line has no product_id and is left out: fill it as the catalogue at Meta has it.'
            ),
            ('quantity_not_a_whole_number', 'contents', 'The line is left out: Meta takes whole numbers from 1.'),
            (
                'too_many_lines',
                'contents',
                'All lines are left out, as they are more than 200,000 characters together; nothing to do.'
            ),
            (
                'lines_of_several_days',
                'contents',
                'All lines are left out: with capi_order_id_scope: day a number is several receipts, and lines do not say of which day they are. Where they have a day, put it into order_id of both tables in models of your own, and leave the scope at dataset.'
            ),
            (
                'lines_of_several_stores',
                'contents',
                'All lines are left out: several stores share the receipt number, and lines name no store. Give out numbers that differ.'
            ),
            ('price_not_an_amount', 'contents.item_price', 'Write unit_price as a plain number, such as 12.50.'),
            (
                'delivery_category_unknown',
                'contents.delivery_category',
                'Write it as in_store, curbside or home_delivery, as Meta does.'
            )
    )

select *
from reasons
