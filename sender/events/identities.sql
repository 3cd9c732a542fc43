-- Written by scripts/generate_identities.py from the dbt models; do not edit.
-- Reads the table `given` (number, kind, value) and leaves the table `recognised` (number, forms, reason), a row for each
-- number: the forms of events/identities.py or, if there are none, the code of the reason, which is NULL if nothing was given.

create temporary table int_capi__phone_plans as
-- Written by scripts/generate_phone_plans.py from libphonenumber 9.0.43 metadata; do not edit.
with
    plans (
        country, calling_code, main_of_code, trunk_prefix, exit_prefix, lengths, zero_leads, number_pattern, trunk_pattern, trunk_rule
    ) as (
        values
            ('us', '1', true, '1', '011', ',10,', false, '[2-9]d{9}|3d{6}', '', ''),
            ('ag', '1', false, '', '011', ',10,', false, '(?:268|[58]dd|900)d{7}', '([457]d{6})$|1', '268#1'),
            ('ai', '1', false, '', '011', ',10,', false, '(?:264|[58]dd|900)d{7}', '([2457]d{6})$|1', '264#1'),
            ('as', '1', false, '', '011', ',10,', false, '(?:[58]dd|684|900)d{7}', '([267]d{6})$|1', '684#1'),
            ('bb', '1', false, '', '011', ',10,', false, '(?:246|[58]dd|900)d{7}', '([2-9]d{6})$|1', '246#1'),
            ('bm', '1', false, '', '011', ',10,', false, '(?:441|[58]dd|900)d{7}', '([2-9]d{6})$|1', '441#1'),
            ('bs', '1', false, '', '011', ',10,', false, '(?:242|[58]dd|900)d{7}', '([3-8]d{6})$|1', '242#1'),
            ('ca', '1', false, '1', '011', ',10,', false, '[2-9]d{9}|3d{6}', '', ''),
            ('dm', '1', false, '', '011', ',10,', false, '(?:[58]dd|767|900)d{7}', '([2-7]d{6})$|1', '767#1'),
            ('do', '1', false, '1', '011', ',10,', false, '(?:[58]dd|900)d{7}', '', ''),
            ('gd', '1', false, '', '011', ',10,', false, '(?:473|[58]dd|900)d{7}', '([2-9]d{6})$|1', '473#1'),
            ('gu', '1', false, '', '011', ',10,', false, '(?:[58]dd|671|900)d{7}', '([2-9]d{6})$|1', '671#1'),
            ('jm', '1', false, '1', '011', ',10,', false, '(?:[58]dd|658|900)d{7}', '', ''),
            ('kn', '1', false, '', '011', ',10,', false, '(?:[58]dd|900)d{7}', '([2-7]d{6})$|1', '869#1'),
            ('ky', '1', false, '', '011', ',10,', false, '(?:345|[58]dd|900)d{7}', '([2-9]d{6})$|1', '345#1'),
            ('lc', '1', false, '', '011', ',10,', false, '(?:[58]dd|758|900)d{7}', '([2-8]d{6})$|1', '758#1'),
            ('mp', '1', false, '', '011', ',10,', false, '[58]d{9}|(?:67|90)0d{7}', '([2-9]d{6})$|1', '670#1'),
            ('ms', '1', false, '', '011', ',10,', false, '(?:[58]dd|664|900)d{7}', '([34]d{6})$|1', '664#1'),
            ('pr', '1', false, '1', '011', ',10,', false, '(?:[589]dd|787)d{7}', '', ''),
            ('sx', '1', false, '', '011', ',10,', false, '7215d{6}|(?:[58]dd|900)d{7}', '(5d{6})$|1', '721#1'),
            ('tc', '1', false, '', '011', ',10,', false, '(?:[58]dd|649|900)d{7}', '([2-479]d{6})$|1', '649#1'),
            ('tt', '1', false, '', '011', ',10,', false, '(?:[58]dd|900)d{7}', '([2-46-8]d{6})$|1', '868#1'),
            ('vc', '1', false, '', '011', ',10,', false, '(?:[58]dd|784|900)d{7}', '([2-7]d{6})$|1', '784#1'),
            ('vg', '1', false, '', '011', ',10,', false, '(?:284|[58]dd|900)d{7}', '([2-578]d{6})$|1', '284#1'),
            ('vi', '1', false, '', '011', ',10,', false, '[58]d{9}|(?:34|90)0d{7}', '([2-9]d{6})$|1', '340#1'),
            ('ru', '7', true, '8', '810', ',10,14,', false, '8d{13}|[347-9]d{9}', '8', ''),
            ('kz', '7', false, '8', '810', ',10,14,', false, '8d{13}|[78]d{9}', '8', ''),
            ('eg', '20', true, '0', '00', ',8,9,10,', false, '[189]d{8,9}|[24-6]d{8}|[135]d{7}', '', ''),
            ('za', '27', true, '0', '00', ',5,6,7,8,9,10,', false, '[1-79]d{8}|8d{4,9}', '', ''),
            ('gr', '30', true, '', '00', ',10,11,12,', false, '5005000d{3}|8d{9,11}|(?:[269]d|70)d{8}', '', ''),
            ('nl', '31', true, '0', '00', ',5,6,7,8,9,10,11,', false, '(?:[124-7]dd|3(?:[02-9]d|1[0-8]))d{6}|8d{6,9}|9d{6,10}|1d{4,5}', '', ''),
            ('be', '32', true, '0', '00', ',8,9,', false, '4d{8}|[1-9]d{7}', '', ''),
            ('fr', '33', true, '0', '00', ',9,', false, '[1-9]d{8}', '', ''),
            ('es', '34', true, '', '00', ',9,', false, '400d{6}|(?:51|[6-9]d)d{7}', '', ''),
            ('hu', '36', true, '06', '00', ',8,9,', false, '[235-7]d{8}|[1-9]d{7}', '', ''),
            ('it', '39', true, '', '00', ',6,7,8,9,10,11,12,', true, '0d{5,11}|1d{8,10}|3(?:[0-8]d{7,10}|9d{7,8})|(?:43|55|70)d{8}|8d{5}(?:d{2,4})?', '', ''),
            ('va', '39', false, '', '00', ',6,7,8,9,10,11,12,', true, '0d{5,10}|3[0-8]d{7,10}|55d{8}|8d{5}(?:d{2,4})?|(?:1d|39)d{7,8}', '', ''),
            ('ro', '40', true, '0', '00', ',6,9,', false, '(?:[2378]d|90)d{7}|[23]d{5}', '', ''),
            ('ch', '41', true, '0', '00', ',9,12,', false, '8d{11}|[2-9]d{8}', '', ''),
            ('at', '43', true, '0', '00', ',4,5,6,7,8,9,10,11,12,13,', false, '1d{3,12}|2d{6,12}|43(?:(?:0d|5[02-9])d{3,9}|2d{4,5}|[3467]d{4}|8d{4,6}|9d{4,7})|5d{4,12}|8d{7,12}|9d{8,12}|(?:[367]d|4[0-24-9])d{4,11}', '', ''),
            ('gb', '44', true, '0', '00', ',7,9,10,', false, '[1-357-9]d{9}|[18]d{8}|8d{6}', '', ''),
            ('gg', '44', false, '', '00', ',7,9,10,', false, '(?:1481|[357-9]d{3})d{6}|8d{6}(?:d{2})?', '([25-9]d{5})$|0|180020', '1481#1'),
            ('im', '44', false, '', '00', ',10,', false, '1624d{6}|(?:[3578]d|90)d{8}', '([25-8]d{5})$|0|180020', '1624#1'),
            ('je', '44', false, '', '00', ',10,', false, '1534d{6}|(?:[3578]d|90)d{8}', '([0-24-8]d{5})$|0|180020', '1534#1'),
            ('dk', '45', true, '', '00', ',8,', false, '[2-9]d{7}', '', ''),
            ('se', '46', true, '0', '00', ',6,7,8,9,10,12,', false, '(?:[26]dd|9)d{9}|[1-9]d{8}|[1-689]d{7}|[1-4689]d{6}|2d{5}', '', ''),
            ('no', '47', true, '', '00', ',5,8,', true, '(?:0|[2-9]d{3})d{4}', '', ''),
            ('sj', '47', false, '', '00', ',5,8,', true, '0d{4}|(?:[489]d|79)d{6}', '', ''),
            ('pl', '48', true, '', '00', ',6,7,8,9,10,', false, '(?:6|8dd)d{7}|[1-9]d{6}(?:d{2})?|[26]d{5}', '', ''),
            ('de', '49', true, '0', '00', ',4,5,6,7,8,9,10,11,12,13,14,15,', false, '[2579]d{5,14}|49(?:[34]0|69|8d)dd?|49(?:37|49|60|7[089]|9d)d{1,3}|49(?:2[024-9]|3[2-689]|7[1-7])d{1,8}|(?:1|[368]d|4[0-8])d{3,13}|49(?:[015]d|2[13]|31|[46][1-8])d{1,9}', '', ''),
            ('pe', '51', true, '0', '00', ',8,9,', false, '(?:[14-8]|9d)d{7}', '', ''),
            ('mx', '52', true, '', '00', ',10,', false, '[2-9]d{9}', '0[12]|04[45]|1', ''),
            ('cu', '53', true, '0', '119', ',6,7,8,10,', false, '(?:[2-7]|8dd)d{7}|[2-47]d{6}|[34]d{5}', '', ''),
            ('ar', '54', true, '', '00', ',10,11,', false, '(?:11|[89]dd)d{8}|[2368]d{9}', '0?(?:(11|2(?:2(?:02?|[13]|2[13-79]|4[1-6]|5[2457]|6[124-8]|7[1-4]|8[13-6]|9[1267])|3(?:02?|1[467]|2[03-6]|3[13-8]|[49][2-6]|5[2-8]|[67])|4(?:7[3-578]|9)|6(?:[0136]|2[24-6]|4[6-8]?|5[15-8])|80|9(?:0[1-3]|[19]|2d|3[1-6]|4[02568]?|5[2-4]|6[2-46]|72?|8[23]?))|3(?:3(?:2[79]|6|8[2578])|4(?:0[0-24-9]|[12]|3[5-8]?|4[24-7]|5[4-68]?|6[02-9]|7[126]|8[2379]?|9[1-36-8])|5(?:1|2[1245]|3[237]?|4[1-46-9]|6[2-4]|7[1-6]|8[2-5]?)|6[24]|7(?:[069]|1[1568]|2[15]|3[145]|4[13]|5[14-8]|7[2-57]|8[126])|8(?:[01]|2[15-7]|3[2578]?|4[13-6]|5[4-8]?|6[1-357-9]|7[36-8]?|8[5-8]?|9[124])))15)?', '9#1'),
            ('br', '55', true, '', '', ',8,9,10,11,', false, '[1-467]d{9,10}|55[0-46-9]d{8}|[34]d{7}|55d{7,8}|(?:5[0-46-9]|[89]d)d{7,9}', '(?:0|90)(?:(1[245]|2[1-35]|31|4[13]|[56]5|99)(d{10,11}))?', '#2'),
            ('cl', '56', true, '', '', ',9,10,11,', false, '12300d{6}|6d{9,10}|[2-9]d{8}', '', ''),
            ('co', '57', true, '0', '', ',8,10,11,', false, '(?:46|60dd)d{6}|(?:1d|[39])d{9}', '', ''),
            ('ve', '58', true, '0', '00', ',10,', false, '[68]00d{7}|(?:[24]d|[59]0)d{8}', '', ''),
            ('my', '60', true, '0', '00', ',8,9,10,', false, '1d{8,9}|(?:3d|[4-9])d{7}', '', ''),
            ('au', '61', true, '0', '0011', ',5,6,7,8,9,10,12,', false, '1(?:[0-79]d{7}(?:d(?:d{2})?)?|8[0-24-9]d{7})|[2-478]d{8}|1d{4,7}', '', ''),
            ('cc', '61', false, '', '0011', ',6,7,8,9,10,12,', false, '1(?:[0-79]d{8}(?:d{2})?|8[0-24-9]d{7})|[148]d{8}|1d{5,7}', '([59]d{7})$|0', '8#1'),
            ('cx', '61', false, '', '0011', ',6,7,8,9,10,12,', false, '1(?:[0-79]d{8}(?:d{2})?|8[0-24-9]d{7})|[148]d{8}|1d{5,7}', '([59]d{7})$|0', '8#1'),
            ('id', '62', true, '0', '', ',7,8,9,10,11,12,13,14,15,16,17,', true, '00[1-9]d{9,14}|(?:[1-36]|8d{5})d{6}|00d{9}|[1-9]d{8,10}|[2-9]d{7}', '0', ''),
            ('ph', '63', true, '0', '00', ',6,8,9,10,11,12,13,', false, '(?:[2-7]|9d)d{8}|2d{5}|(?:1800|8)d{7,9}', '', ''),
            ('nz', '64', true, '0', '00', ',5,6,7,8,9,10,', false, '[1289]d{9}|50d{5}(?:d{2,3})?|[27-9]d{7,8}|(?:[34]d|6[0-35-9])d{6}|8d{4,6}', '', ''),
            ('sg', '65', true, '', '', ',8,10,11,', false, '(?:(?:1d|8)dd|7000)d{7}|[3689]d{7}', '', ''),
            ('th', '66', true, '0', '', ',8,9,10,13,', true, '(?:001800|[2-57]|[689]d)d{7}|1d{7,9}', '0', ''),
            ('jp', '81', true, '', '010', ',8,9,10,11,12,13,14,15,16,17,', true, '00[1-9]d{6,14}|[25-9]d{9}|(?:00|[1-9]dd)d{6}', '(000[2569]d{4,6})$|(?:(?:003768)0?)|0', '#1'),
            ('kr', '82', true, '0', '', ',5,6,8,9,10,11,12,13,14,', true, '00[1-9]d{8,11}|(?:[12]|5d{3})d{7}|[13-6]d{9}|(?:[1-6]d|80)d{7}|[3-6]d{4,5}|(?:00|7)0d{8}', '0', ''),
            ('vn', '84', true, '0', '00', ',7,8,9,10,', false, '[12]d{9}|[135-9]d{8}|[16]d{6,7}|7d{6}', '', ''),
            ('cn', '86', true, '0', '00', ',7,8,9,10,11,12,', false, '(?:(?:1[03-689]|2d)dd|6)d{8}|1d{10}|[126]d{6}(?:d(?:d{2})?)?|86d{5,6}|(?:[3-579]d|8[0-57-9])d{5,9}', '', ''),
            ('tr', '90', true, '0', '00', ',7,10,12,13,', false, '4d{6}|8d{11,12}|(?:[2-58]dd|900)d{7}', '', ''),
            ('in', '91', true, '0', '00', ',8,9,10,11,12,13,', true, '(?:000800|[2-9]dd)d{7}|1d{7,12}', '0', ''),
            ('pk', '92', true, '0', '00', ',8,9,10,11,12,', false, '122d{6}|[24-8]d{10,11}|9(?:[013-9]d{8,10}|2(?:[01]dd|2(?:[06-8]d|1[01]))d{7})|(?:[2-8]d{3}|92(?:[0-7]d|8[1-9]))d{6}|[24-9]d{8}|[89]d{7}', '', ''),
            ('af', '93', true, '0', '00', ',9,', false, '[2-7]d{8}', '', ''),
            ('lk', '94', true, '0', '00', ',9,', false, '[1-9]d{8}', '', ''),
            ('mm', '95', true, '0', '00', ',6,7,8,9,10,', false, '1d{5,7}|95d{6}|(?:[4-7]|9[0-46-9])d{6,8}|(?:2|8d)d{5,8}', '', ''),
            ('ir', '98', true, '0', '00', ',4,5,6,7,10,', false, '[1-9]d{9}|(?:[1-8]dd|9)d{3,4}', '', ''),
            ('ss', '211', true, '0', '00', ',9,', false, '[19]d{8}', '', ''),
            ('ma', '212', true, '0', '00', ',9,', false, '[5-8]d{8}', '', ''),
            ('eh', '212', false, '0', '00', ',9,', false, '[5-8]d{8}', '', ''),
            ('dz', '213', true, '0', '00', ',8,9,', false, '(?:[1-4]|[5-79]d|80)d{7}', '', ''),
            ('tn', '216', true, '', '00', ',8,', false, '[2-57-9]d{7}', '', ''),
            ('ly', '218', true, '0', '00', ',9,', false, '[2-9]d{8}', '', ''),
            ('gm', '220', true, '', '00', ',7,9,', false, '[48]d{8}|[2-9]d{6}', '', ''),
            ('sn', '221', true, '', '00', ',9,', false, '(?:[378]d|93)d{7}', '', ''),
            ('mr', '222', true, '', '00', ',8,', false, '(?:[2-4]dd|800)d{5}', '', ''),
            ('ml', '223', true, '', '00', ',8,', false, '[24-9]d{7}', '', ''),
            ('gn', '224', true, '', '00', ',8,9,', false, '722d{6}|(?:3|6d)d{7}', '', ''),
            ('ci', '225', true, '', '00', ',10,', true, '[02]d{9}', '', ''),
            ('bf', '226', true, '', '00', ',8,', true, '[024-7]d{7}', '', ''),
            ('ne', '227', true, '', '00', ',8,', true, '[027-9]d{7}', '', ''),
            ('tg', '228', true, '', '00', ',8,', false, '[279]d{7}', '', ''),
            ('bj', '229', true, '', '00', ',10,', true, '01d{8}', '', ''),
            ('mu', '230', true, '', '020', ',7,8,10,', false, '(?:[57]|8dd)d{7}|[2-468]d{6}', '', ''),
            ('lr', '231', true, '0', '00', ',7,8,9,', false, '(?:[2457]d|33|88)d{7}|(?:2d|[4-6])d{6}', '', ''),
            ('sl', '232', true, '0', '00', ',8,', false, '(?:[237-9]d|66)d{6}', '', ''),
            ('gh', '233', true, '0', '00', ',8,9,', false, '[235]d{8}|800d{5,6}', '', ''),
            ('ng', '234', true, '0', '009', ',10,11,12,13,14,', false, '(?:20|9d)d{8}|[78]d{9,13}', '', ''),
            ('td', '235', true, '', '00', ',8,', false, '(?:22|[3689]d|77)d{6}', '', ''),
            ('cf', '236', true, '', '00', ',8,', false, '8776d{4}|(?:[27]d|61)d{6}', '', ''),
            ('cm', '237', true, '', '00', ',8,9,', false, '[26]d{8}|88d{6,7}', '', ''),
            ('cv', '238', true, '', '0', ',7,', false, '(?:[2-59]dd|800)d{4}', '', ''),
            ('st', '239', true, '', '00', ',7,', false, '(?:22|9d)d{5}', '', ''),
            ('gq', '240', true, '', '00', ',9,', false, '222d{6}|(?:3d|55|[89]0)d{7}', '', ''),
            ('ga', '241', true, '', '00', ',7,8,', true, '(?:[067]d|11)d{6}|[2-7]d{6}', '0(11d{6}|60d{6}|61d{6}|6[256]d{6}|7[467]d{6})', '#1'),
            ('cg', '242', true, '', '00', ',9,', true, '222d{6}|(?:0d|80)d{7}', '', ''),
            ('cd', '243', true, '0', '00', ',7,8,9,10,', false, '(?:(?:[189]|5d)d|2)d{7}|[1-68]d{6}', '', ''),
            ('ao', '244', true, '', '00', ',9,', false, '[29]d{8}', '', ''),
            ('gw', '245', true, '', '00', ',7,9,', false, '[49]d{8}|4d{6}', '', ''),
            ('io', '246', true, '', '00', ',7,', false, '3d{6}', '', ''),
            ('ac', '247', true, '', '00', ',5,6,', true, '(?:[01589]d|[2-467])d{4}', '', ''),
            ('sc', '248', true, '', '00', ',7,', false, '(?:[2489]d|64)d{5}', '', ''),
            ('sd', '249', true, '0', '00', ',9,', false, '[19]d{8}', '', ''),
            ('rw', '250', true, '0', '00', ',8,9,', true, '(?:06|[27]dd|[89]00)d{6}', '0', ''),
            ('et', '251', true, '0', '00', ',9,', false, '(?:11|[2-57-9]d)d{7}', '', ''),
            ('so', '252', true, '0', '00', ',6,7,8,9,', false, '[346-9]d{8}|[12679]d{7}|[1-5]d{6}|[1348]d{5}', '', ''),
            ('dj', '253', true, '', '00', ',8,', false, '(?:2d|77)d{6}', '', ''),
            ('ke', '254', true, '0', '000', ',7,8,9,10,', false, '(?:[17]dd|900)d{6}|(?:2|80)0d{6,7}|[4-6]d{6,8}', '', ''),
            ('tz', '255', true, '0', '', ',9,', false, '(?:[25-8]d|41|90)d{7}', '', ''),
            ('ug', '256', true, '0', '', ',9,', false, '800d{6}|(?:[29]0|[347]d)d{7}', '', ''),
            ('bi', '257', true, '', '00', ',8,', false, '(?:[267]d|31)d{6}', '', ''),
            ('mz', '258', true, '', '00', ',8,9,', false, '(?:2|8d)d{7}', '', ''),
            ('zm', '260', true, '0', '00', ',9,', false, '800d{6}|(?:21|[579]d|63)d{7}', '', ''),
            ('mg', '261', true, '', '00', ',9,', false, '[23]d{8}', '([24-9]d{6})$|0', '20#1'),
            ('re', '262', true, '0', '00', ',9,', false, '709d{6}|(?:26|[689]d)d{7}', '', ''),
            ('yt', '262', false, '0', '00', ',9,', false, '(?:639d|7093)d{5}|(?:26|80|9d)d{7}', '', ''),
            ('zw', '263', true, '0', '00', ',7,9,10,', false, '8d{6}(?:d{3})?|[235-8]d{8}', '', ''),
            ('na', '264', true, '0', '00', ',8,9,', false, '[68]d{7,8}', '', ''),
            ('mw', '265', true, '0', '00', ',7,9,', false, '(?:[1289]d|31|77)d{7}|1d{6}', '', ''),
            ('ls', '266', true, '', '00', ',8,', false, '(?:[256]dd|800)d{5}', '', ''),
            ('bw', '267', true, '', '00', ',7,8,10,', true, '90d{5}|(?:0800|[2-6]|(?:7|800)d)d{6}', '', ''),
            ('sz', '268', true, '', '00', ',8,9,', true, '0800d{4}|(?:[237]d|900)d{6}', '', ''),
            ('km', '269', true, '', '00', ',7,', false, '[3478]d{6}', '', ''),
            ('sh', '290', true, '', '00', ',4,5,', false, '(?:[2569]d|8)d{3}', '', ''),
            ('ta', '290', false, '', '00', ',4,', false, '8d{3}', '', ''),
            ('er', '291', true, '0', '00', ',7,', false, '[178]d{6}', '', ''),
            ('aw', '297', true, '', '00', ',7,', false, '(?:[25-79]dd|800)d{4}', '', ''),
            ('fo', '298', true, '', '00', ',6,', false, '[2-9]d{5}', '', ''),
            ('gl', '299', true, '', '00', ',6,', false, '(?:19|[2-689]d|70)d{4}', '', ''),
            ('gi', '350', true, '', '00', ',8,', false, '(?:[25]d|60)d{6}', '', ''),
            ('pt', '351', true, '', '00', ',9,', false, '1693d{5}|(?:[26-9]d|30)d{7}', '', ''),
            ('lu', '352', true, '', '00', ',4,5,6,7,8,9,10,11,', false, '35[013-9]d{4,8}|6d{8}|35d{2,4}|(?:[2457-9]d|3[0-46-9])d{2,9}', '', ''),
            ('ie', '353', true, '0', '00', ',7,8,9,10,', false, '(?:1d|[2569])d{6,8}|4d{6,9}|7d{8}|8d{8,9}', '', ''),
            ('is', '354', true, '', '00', ',7,9,', false, '(?:38d|[4-9])d{6}', '', ''),
            ('al', '355', true, '0', '00', ',6,7,8,9,', false, '(?:700dd|900)d{3}|8d{5,7}|(?:[2-5]|6d)d{7}', '', ''),
            ('mt', '356', true, '', '00', ',8,', false, '3550d{4}|(?:[2579]dd|800)d{5}', '', ''),
            ('cy', '357', true, '', '00', ',8,', false, '(?:[279]d|[58]0)d{6}', '', ''),
            ('fi', '358', true, '0', '00', ',5,6,7,8,9,10,11,12,', false, '[1-35689]d{4}|7d{10,11}|(?:[124-7]d|3[0-46-9])d{8}|[1-9]d{5,8}', '', ''),
            ('ax', '358', false, '0', '00', ',5,6,7,8,9,10,11,12,', false, '2d{4,9}|35d{4,5}|(?:60dd|800)d{4,6}|7d{5,11}|(?:[14]d|3[0-46-9]|50)d{4,8}', '', ''),
            ('bg', '359', true, '0', '00', ',6,7,8,9,12,', true, '00800d{7}|[2-7]d{6,7}|[89]d{6,8}|2d{5}', '0', ''),
            ('lt', '370', true, '', '00', ',8,', false, '(?:[3469]d|52|[78]0)d{6}', '[08]', ''),
            ('lv', '371', true, '', '00', ',8,', false, '(?:[268]d|78|90)d{6}', '', ''),
            ('ee', '372', true, '', '00', ',7,8,10,', false, '8d{9}|[4578]d{7}|(?:[3-8]d|90)d{5}', '', ''),
            ('md', '373', true, '0', '00', ',8,', false, '(?:[235-7]d|[89]0)d{6}', '', ''),
            ('am', '374', true, '0', '00', ',8,', false, '(?:[1-489]d|55|60|77)d{6}', '', ''),
            ('by', '375', true, '', '810', ',6,7,8,9,10,11,', false, '(?:[12]d|33|44|902)d{7}|8(?:0[0-79]d{5,7}|[1-7]d{9})|8(?:1[0-489]|[5-79]d)d{7}|8[1-79]d{6,7}|8[0-79]d{5}|8d{5}', '0|80?', ''),
            ('ad', '376', true, '', '00', ',6,8,9,', false, '(?:1|6d)d{7}|[135-9]d{5}', '', ''),
            ('mc', '377', true, '0', '00', ',8,9,', false, '(?:[3489]|[67]d)d{7}', '', ''),
            ('sm', '378', true, '', '00', ',8,10,', true, '(?:0549|[5-7]d)d{6}', '([89]d{5})$', '0549#1'),
            ('ua', '380', true, '0', '00', ',9,10,', false, '[89]d{9}|[3-9]d{8}', '', ''),
            ('rs', '381', true, '0', '00', ',6,7,8,9,10,11,12,', false, '38[02-9]d{6,9}|6d{7,9}|90d{4,8}|38d{5,6}|(?:7dd|800)d{3,9}|(?:[12]d|3[0-79])d{5,10}', '', ''),
            ('me', '382', true, '0', '00', ',8,9,', false, '(?:20|[3-79]d)d{6}|80d{6,7}', '', ''),
            ('xk', '383', true, '0', '00', ',8,9,10,11,12,', false, '2d{7,8}|3d{7,11}|(?:4dd|[89]00)d{5}', '', ''),
            ('hr', '385', true, '0', '00', ',7,8,9,', false, '[2-69]d{8}|80d{5,7}|[1-79]d{7}|6d{6}', '', ''),
            ('si', '386', true, '0', '00', ',5,6,7,8,', false, '[1-7]d{7}|8d{4,7}|90d{4,6}', '', ''),
            ('ba', '387', true, '0', '00', ',8,9,', false, '6d{8}|(?:[35689]d|49|70)d{6}', '', ''),
            ('mk', '389', true, '0', '00', ',8,', false, '[2-578]d{7}', '', ''),
            ('cz', '420', true, '', '00', ',9,10,11,12,', false, '(?:[2-578]d|60)d{7}|9d{8,11}', '', ''),
            ('sk', '421', true, '0', '00', ',6,7,9,', false, '[2-689]d{8}|[2-59]d{6}|[2-5]d{5}', '', ''),
            ('li', '423', true, '0', '00', ',7,9,', false, '[68]d{8}|(?:[2378]d|90)d{5}', '', ''),
            ('fk', '500', true, '', '00', ',5,', false, '[2-7]d{4}', '', ''),
            ('bz', '501', true, '', '00', ',7,11,', true, '(?:0800d|[2-8])d{6}', '', ''),
            ('gt', '502', true, '', '00', ',8,11,', false, '80d{6}|(?:1d{3}|[2-7])d{7}', '', ''),
            ('sv', '503', true, '', '00', ',7,8,11,', false, '[25-7]d{7}|(?:80d|900)d{4}(?:d{4})?', '', ''),
            ('hn', '504', true, '', '00', ',8,11,', false, '8d{10}|[237-9]d{7}', '', ''),
            ('ni', '505', true, '', '00', ',8,', false, '(?:1800|[25-8]d{3})d{4}', '', ''),
            ('cr', '506', true, '', '00', ',8,10,', false, '(?:8d|90)d{8}|(?:[24-8]d{3}|3005)d{4}', '', ''),
            ('pa', '507', true, '', '00', ',7,8,10,11,', true, '(?:00800|8d{3})d{6}|[68]d{7}|[1-57-9]d{6}', '', ''),
            ('pm', '508', true, '0', '00', ',6,9,', false, '[78]d{8}|[2-9]d{5}', '', ''),
            ('ht', '509', true, '', '00', ',8,', false, '[2-589]d{7}', '', ''),
            ('gp', '590', true, '0', '00', ',9,', false, '7090d{5}|(?:[56]9|[89]d)d{7}', '', ''),
            ('bl', '590', false, '0', '00', ',9,', false, '7090d{5}|(?:[56]9|[89]d)d{7}', '', ''),
            ('mf', '590', false, '0', '00', ',9,', false, '7090d{5}|(?:[56]9|[89]d)d{7}', '', ''),
            ('bo', '591', true, '0', '', ',8,9,', false, '(?:[2-7]dd|8001)d{5}', '', ''),
            ('gy', '592', true, '', '001', ',7,', false, '(?:[2-8]d{3}|9008)d{3}', '', ''),
            ('ec', '593', true, '0', '00', ',8,9,10,11,', false, '1d{9,10}|(?:[2-7]|9d)d{7}', '', ''),
            ('gf', '594', true, '0', '00', ',9,', false, '(?:694d|7093)d{5}|(?:59|[89]d)d{7}', '', ''),
            ('py', '595', true, '0', '00', ',6,7,8,9,10,11,', false, '[36-8]d{5,8}|4d{6,8}|59d{6}|9d{5,10}|(?:2d|5[0-8])d{6,7}', '', ''),
            ('mq', '596', true, '0', '00', ',9,', false, '7091d{5}|(?:[56]9|[89]d)d{7}', '', ''),
            ('sr', '597', true, '', '00', ',6,7,', false, '(?:[2-5]|[6-9]d)d{5}', '', ''),
            ('uy', '598', true, '0', '00', ',4,5,6,7,8,9,10,11,12,13,', true, '0004d{2,9}|[1249]d{7}|2d{3,4}|(?:[49]d|80)d{5}', '0', ''),
            ('cw', '599', true, '', '00', ',7,8,', false, '(?:[34]1|60|(?:7|9d)d)d{5}', '', ''),
            ('bq', '599', false, '', '00', ',7,', false, '(?:[34]1|7d)d{5}', '', ''),
            ('tl', '670', true, '', '00', ',7,8,', false, '7d{7}|(?:[2-47]d|[89]0)d{5}', '', ''),
            ('nf', '672', true, '', '00', ',6,', false, '[13]d{5}', '([0-258]d{4})$', '3#1'),
            ('bn', '673', true, '', '00', ',7,', false, '[2-578]d{6}', '', ''),
            ('nr', '674', true, '', '00', ',7,', false, '(?:222|444|(?:55|8d)d|666|777|999)d{4}', '', ''),
            ('pg', '675', true, '', '00', ',7,8,', false, '(?:180|[78]d{3})d{4}|(?:[2-589]d|64)d{5}', '', ''),
            ('to', '676', true, '', '00', ',5,7,', true, '(?:0800|(?:[5-8]dd|999)d)d{3}|[2-8]d{4}', '', ''),
            ('sb', '677', true, '', '', ',5,7,', false, '[6-9]d{6}|[1-6]d{4}', '', ''),
            ('vu', '678', true, '', '00', ',5,7,', false, '[57-9]d{6}|(?:[238]d|48)d{3}', '', ''),
            ('fj', '679', true, '', '00', ',7,11,', true, '45d{5}|(?:0800d|[235-9])d{6}', '', ''),
            ('pw', '680', true, '', '', ',7,', false, '(?:[24-8]dd|345|900)d{4}', '', ''),
            ('wf', '681', true, '', '00', ',6,9,', false, '(?:40|72|8d{4})d{4}|[89]d{5}', '', ''),
            ('ck', '682', true, '', '00', ',5,', false, '[2-578]d{4}', '', ''),
            ('nu', '683', true, '', '00', ',4,7,', false, '(?:[4-7]|888d)d{3}', '', ''),
            ('ws', '685', true, '', '0', ',5,6,7,10,', false, '(?:[2-6]|8d{5})d{4}|[78]d{6}|[68]d{5}', '', ''),
            ('ki', '686', true, '0', '00', ',5,8,', false, '(?:[37]d|6[0-79])d{6}|(?:[2-48]d|50)d{3}', '', ''),
            ('nc', '687', true, '', '00', ',6,', true, '(?:050|[2-57-9]dd)d{3}', '', ''),
            ('tv', '688', true, '', '00', ',5,6,7,', false, '(?:2|7dd|90)d{4}', '', ''),
            ('pf', '689', true, '', '00', ',6,8,9,', false, '4d{5}(?:d{2})?|8d{7,8}', '', ''),
            ('tk', '690', true, '', '00', ',4,5,6,7,', false, '[2-47]d{3,6}', '', ''),
            ('fm', '691', true, '', '00', ',7,', false, '(?:[39]dd|820)d{4}', '', ''),
            ('mh', '692', true, '1', '011', ',7,', false, '329d{4}|(?:[256]d|45)d{5}', '', ''),
            ('', '800', true, '', '', ',8,', true, '(?:00|[1-9]d)d{6}', '', ''),
            ('', '808', true, '', '', ',8,', false, '[1-9]d{7}', '', ''),
            ('kp', '850', true, '0', '', ',8,10,', false, '85d{6}|(?:19d|[2-7])d{7}', '', ''),
            ('hk', '852', true, '', '00', ',5,6,7,8,9,11,', false, '8[0-46-9]d{6,7}|9d{4,7}|(?:[2-7]|9d{3})d{7}', '', ''),
            ('mo', '853', true, '', '00', ',7,8,', true, '0800d{3}|(?:28|[68]d)d{6}', '', ''),
            ('kh', '855', true, '0', '', ',8,9,10,', false, '1d{9}|[1-9]d{7,8}', '', ''),
            ('la', '856', true, '0', '00', ',8,9,10,', false, '(?:2d|3)d{8}|(?:[235-8]d|41)d{6}', '', ''),
            ('', '870', true, '', '', ',9,12,', false, '7d{11}|[235-7]d{8}', '', ''),
            ('', '878', true, '', '', ',12,', false, '10d{10}', '', ''),
            ('bd', '880', true, '0', '00', ',6,7,8,9,10,', false, '[1-469]d{9}|8[0-79]d{7,8}|[2-79]d{8}|[2-9]d{7}|[3-9]d{6}|[57-9]d{5}', '', ''),
            ('', '881', true, '', '', ',9,10,', true, '6d{9}|[0-36-9]d{8}', '', ''),
            ('', '882', true, '', '', ',7,8,9,10,11,12,', false, '[13]d{6}(?:d{2,5})?|[19]d{7}|(?:[25]dd|4)d{7}(?:d{2})?', '', ''),
            ('', '883', true, '', '', ',8,9,10,11,12,', false, '(?:[1-4]d|51)d{6,10}', '', ''),
            ('tw', '886', true, '0', '', ',7,8,9,10,11,', false, '[2-689]d{8}|7d{9,10}|[2-8]d{7}|2d{6}', '', ''),
            ('', '888', true, '', '', ',11,', true, 'd{11}', '', ''),
            ('mv', '960', true, '', '00', ',7,10,', false, '(?:800|9[0-57-9]d)d{7}|[34679]d{6}', '', ''),
            ('lb', '961', true, '0', '00', ',7,8,', false, '[27-9]d{7}|[13-9]d{6}', '', ''),
            ('jo', '962', true, '0', '00', ',8,9,', false, '(?:(?:[2689]|7d)d|32|427|53)d{6}', '', ''),
            ('sy', '963', true, '0', '00', ',8,9,', false, '[1-359]d{8}|[1-5]d{7}', '', ''),
            ('iq', '964', true, '0', '00', ',8,9,10,', false, '(?:1|7dd)d{7}|[2-6]d{7,8}', '', ''),
            ('kw', '965', true, '', '00', ',7,8,', false, '18d{5}|(?:[2569]d|41)d{6}', '', ''),
            ('sa', '966', true, '0', '00', ',9,10,', false, '(?:[15]d|800|92)d{7}', '', ''),
            ('ye', '967', true, '0', '00', ',7,8,9,', false, '(?:1|7d)d{7}|[1-7]d{6}', '', ''),
            ('om', '968', true, '', '00', ',7,8,9,', false, '(?:1505|[279]d{3}|500)d{4}|800d{5,6}', '', ''),
            ('ps', '970', true, '0', '00', ',8,9,10,', false, '[2489]2d{6}|(?:1d|5)d{8}', '', ''),
            ('ae', '971', true, '0', '00', ',5,6,7,8,9,10,11,12,', false, '(?:[4-7]d|9[0-689])d{7}|800d{2,9}|[2-4679]d{7}', '', ''),
            ('il', '972', true, '0', '', ',7,8,9,10,11,12,', false, '1d{6}(?:d{3,5})?|[57]d{8}|[1-489]d{7}', '', ''),
            ('bh', '973', true, '', '00', ',8,', false, '[136-9]d{7}', '', ''),
            ('qa', '974', true, '', '00', ',7,8,9,11,', true, '800d{4}|(?:2|800)d{6}|(?:0080|[3-7])d{7}', '', ''),
            ('bt', '975', true, '', '00', ',7,8,', false, '[178]d{7}|[2-8]d{6}', '', ''),
            ('mn', '976', true, '0', '001', ',8,9,10,', false, '[12]d{7,9}|[5-9]d{7}', '', ''),
            ('np', '977', true, '0', '00', ',8,10,11,', false, '(?:1d|9)d{9}|[1-9]d{7}', '', ''),
            ('', '979', true, '', '', ',9,', false, '[1359]d{8}', '', ''),
            ('tj', '992', true, '', '810', ',9,', true, '(?:[0-57-9]d|66)d{7}', '', ''),
            ('tm', '993', true, '8', '810', ',8,', false, '[1-7]d{7}', '', ''),
            ('az', '994', true, '0', '00', ',9,', false, '365d{6}|(?:[124579]d|60|88)d{7}', '', ''),
            ('ge', '995', true, '0', '00', ',9,', false, '(?:[3-57]dd|800)d{6}', '', ''),
            ('kg', '996', true, '0', '00', ',9,10,', false, '8d{9}|[235-9]d{8}', '', ''),
            ('uz', '998', true, '', '00', ',9,', false, '(?:20|33|[5-9]d)d{7}', '', '')
    )
select
    country,
    calling_code,
    main_of_code,
    trunk_prefix,
    exit_prefix,
    lengths,
    zero_leads,
    -- Written as d, because engines read a backslash in a literal differently.
    replace(number_pattern, 'd', '[0-9]') as number_pattern,
    replace(trunk_pattern, 'd', '[0-9]') as trunk_pattern,
    trunk_rule
from plans;

insert into int_capi__phone_plans (country, exit_prefix) values ('abroad', '011');

create temporary table persons as
with
    countries as (select null::varchar as country union all select 'abroad')
select
    number || ':' || coalesce(countries.country, '') as person_key,
    false as is_receipt,
    null::varchar as country_outcome,
    countries.country as context_country,
    case when kind = 'email' then value end as email,
    case when kind = 'phone' then value end as phone,
    null::varchar as first_name,
    null::varchar as last_name,
    null::varchar as gender,
    null::varchar as date_of_birth,
    null::varchar as city,
    null::varchar as state,
    null::varchar as postal_code,
    null::varchar as country,
    -- A SHA-256 is taken for any kind, and it is here that the models take one.
    case when kind in ('external_id', 'madid', 'lead_id') then value end as external_id,
    case when kind = 'madid' then value end as madid,
    case when kind = 'lead_id' then value end as lead_id
from given
inner join countries
    on countries.country is null
    or (kind = 'phone' and length(regexp_replace(regexp_extract(value, '^[^\p{L}#＃,;]*'), '\P{Nd}', '', 'g')) > 12);

create temporary table int_capi__contacts as
with
    persons as (select * from persons),
    -- Nearly everybody has at most one e-mail and one phone. If a text has several, each gets a row of its own, in addition to
    -- the person's.
    single as (
        select
                person_key,
                is_receipt,
                country_outcome,
                context_country,
                case when email not like '%;%' then email end as email,
                case when phone not like '%;%' then phone end as phone,
                first_name,
                last_name,
                gender,
                date_of_birth,
                city,
                state,
                postal_code,
                country,
                external_id,
                madid,
                lead_id,
            false as is_further
        from persons
    ),
        further_emails as (
            select person_key, context_country, unnest(string_split(email, ';')) as email
            from persons
            where email like '%;%'
        ),
        further_phones as (
            select person_key, context_country, unnest(string_split(phone, ';')) as phone
            from persons
            where phone like '%;%'
        ),
    unioned as (
        select *
        from single
            union all
            select  person_key,  null,  null,  null,  email,  null,  null,  null,  null,  null,  null,  null,  null,  null,  null,  null,  null,  true
            from further_emails
            union all
            select  person_key,  null,  null,  context_country,  null,  phone,  null,  null,  null,  null,  null,  null,  null,  null,  null,  null,  null,  true
            from further_phones
    ),
    trimmed as (
        select
            *,
            case
        when ascii(email) between 33 and 126 and ascii(right(email, 1)) between 33 and 126 then email
        else regexp_replace(email, '^[\p{Z}\p{C}]+|[\p{Z}\p{C}]+$', '', 'g')
    end as email_trimmed,
            case
        when ascii(phone) between 33 and 126 and ascii(right(phone, 1)) between 33 and 126 then phone
        else regexp_replace(phone, '^[\p{Z}\p{C}]+|[\p{Z}\p{C}]+$', '', 'g')
    end as phone_trimmed,
            case
        when ascii(external_id) between 33 and 126 and ascii(right(external_id, 1)) between 33 and 126 then external_id
        else regexp_replace(external_id, '^[\p{Z}\p{C}]+|[\p{Z}\p{C}]+$', '', 'g')
    end as external_id_trimmed,
            case
        when ascii(madid) between 33 and 126 and ascii(right(madid, 1)) between 33 and 126 then madid
        else regexp_replace(madid, '^[\p{Z}\p{C}]+|[\p{Z}\p{C}]+$', '', 'g')
    end as madid_trimmed,
            case
        when ascii(lead_id) between 33 and 126 and ascii(right(lead_id, 1)) between 33 and 126 then lead_id
        else regexp_replace(lead_id, '^[\p{Z}\p{C}]+|[\p{Z}\p{C}]+$', '', 'g')
    end as lead_id_trimmed
        from unioned
    ),
    cleaned as (
        select
            *,
            case when lower(email_trimmed) not in ('', '-', '--', '---', '?', '.', 'n/a', 'n.a.', '#n/a', '#null!', 'null', '(null)', '<null>', '[null]', '\n', 'none', '(none)', 'nil', 'undefined', 'unknown', '(unknown)', '(blank)', '(empty)', 'not available', 'not provided', 'not applicable', 'not given') then nfc_normalize(email_trimmed) end as email_cleaned,
            case when lower(external_id_trimmed) not in ('', '-', '--', '---', '?', '.', 'n/a', 'n.a.', '#n/a', '#null!', 'null', '(null)', '<null>', '[null]', '\n', 'none', '(none)', 'nil', 'undefined', 'unknown', '(unknown)', '(blank)', '(empty)', 'not available', 'not provided', 'not applicable', 'not given', 'na', 'nan', 'nat', 'inf', '0.0') then nfc_normalize(external_id_trimmed) end as external_id_cleaned,
            case when lower(madid_trimmed) not in ('', '-', '--', '---', '?', '.', 'n/a', 'n.a.', '#n/a', '#null!', 'null', '(null)', '<null>', '[null]', '\n', 'none', '(none)', 'nil', 'undefined', 'unknown', '(unknown)', '(blank)', '(empty)', 'not available', 'not provided', 'not applicable', 'not given') then nfc_normalize(madid_trimmed) end as madid_cleaned,
            case when lower(lead_id_trimmed) not in ('', '-', '--', '---', '?', '.', 'n/a', 'n.a.', '#n/a', '#null!', 'null', '(null)', '<null>', '[null]', '\n', 'none', '(none)', 'nil', 'undefined', 'unknown', '(unknown)', '(blank)', '(empty)', 'not available', 'not provided', 'not applicable', 'not given') then nfc_normalize(lead_id_trimmed) end as lead_id_cleaned
        from trimmed
    ),
    texts as (
        select
            *,
            case
        when (ascii(email_cleaned) between 97 and 122 or ascii(email_cleaned) between 65 and 90) and (ascii(right(email_cleaned, 1)) between 97 and 122 or ascii(right(email_cleaned, 1)) between 65 and 90) and not contains(email_cleaned, ':') and strlen(email_cleaned) = length(email_cleaned)
        then lower(email_cleaned)
        else regexp_replace(regexp_replace(translate(case when strlen(regexp_replace(email_cleaned, '\p{C}+', '', 'g')) = length(regexp_replace(email_cleaned, '\p{C}+', '', 'g')) then lower(regexp_replace(email_cleaned, '\p{C}+', '', 'g')) else translate(lower(regexp_replace(email_cleaned, '\p{C}+', '', 'g')), 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９', 'abcdefghijklmnopqrstuvwxyz0123456789') end, '＠．－＿＋', '@.-_+'), '^.*<([^<>]*@[^<>]*)>.*$|^([^()]*@[^()]*)[(][^()]*[)]$|^(mailto:[^?]*)[?].*$', '\1\2\3', 'g'), '^([\s\p{Z}"''`´<>()\[\]{}“”„‘’‚«»‹›,;:]|="|mailto:|smtp:|e-?mail:)+|[\s\p{Z}"''`´<>()\[\]{}“”„‘’‚«»‹›,;:]+$', '', 'g')
    end as email_text,
            case when lower(phone_trimmed) not in ('', '-', '--', '---', '?', '.', 'n/a', 'n.a.', '#n/a', '#null!', 'null', '(null)', '<null>', '[null]', '\n', 'none', '(none)', 'nil', 'undefined', 'unknown', '(unknown)', '(blank)', '(empty)', 'not available', 'not provided', 'not applicable', 'not given', 'na', 'nan', 'nat', 'inf', '0.0') then nfc_normalize(phone_trimmed) end as phone_text,
            regexp_replace(case when strlen(external_id_cleaned) = length(external_id_cleaned) then lower(external_id_cleaned) else translate(lower(external_id_cleaned), 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９', 'abcdefghijklmnopqrstuvwxyz0123456789') end, '[\s\p{Z}\p{C}]+', '', 'g') as external_id_text,
            case
        when ascii(madid_cleaned) in (34, 39, 61, 123) then regexp_replace(lower(madid_cleaned), '^[=''"{]+|[''"}]+$', '', 'g')
        else lower(madid_cleaned)
    end as madid_text,
            regexp_replace(case when strlen(lower(lead_id_cleaned)) = length(lower(lead_id_cleaned)) then lower(lead_id_cleaned) else translate(lower(lead_id_cleaned), '０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯੦੧੨੩੪੫੬੭੮੯૦૧૨૩૪૫૬૭૮૯௦௧௨௩௪௫௬௭௮௯౦౧౨౩౪౫౬౭౮౯೦೧೨೩೪೫೬೭೮೯൦൧൨൩൪൫൬൭൮൯๐๑๒๓๔๕๖๗๘๙໐໑໒໓໔໕໖໗໘໙၀၁၂၃၄၅၆၇၈၉០១២៣៤៥៦៧៨៩＋（）－．／＃＠', '012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789+()-./#@') end, '^[=''"]*(l: *)?|[''"]+$', '', 'g') as lead_id_text
        from cleaned
    ),
    judged as (
        select
            *,
            case
        when email_text is null then null
        when regexp_full_match(email_text, '(no[-_.]?reply|do[-_.]?not[-_.]?reply|no[-_.]?(e[-_.]?)?mail[0-9]*|no[-_.]?address|none|null|undefined|unknown|unbekannt|inconnue?|desconocid[ao]|anonym|anonymous|nobody|(my|your)[-_.]?e?mail|not[-_.]?(available|given|known|provided)|dont[-_.]?have|declined|refused|invalid|dummy|fake|walk[-_.]?in|(test|testing|test[-_.]?(customer|e?mail|user))[0-9]*|asdf+|qwert[yz]?|xxx+|keine?([-_.]?(adresse|angabe|e?mail|e?mailadresse))?|ohne[-_.]?e?mail|aucune?|sans[-_.]?(adresse|e?mail)|pas[-_.]?d[-_.]?(e[-_.]?mail|adresse)|no[-_.]?(aplica|posee|tiene)|(no|sin)[-_.]?(correo|e?mail)|ningun[ao]?|n[aã]o[-_.]?(possui|tem)|nessun[ao]?|geen[-_.]?(e?mail)?)@.*|(1234?5?6?@1234?5?6?|a+@a+|b+@b+|c+@c+|d+@d+|e+@e+|f+@f+|g+@g+|h+@h+|i+@i+|j+@j+|k+@k+|l+@l+|m+@m+|n+@n+|o+@o+|p+@p+|q+@q+|r+@r+|s+@s+|t+@t+|u+@u+|v+@v+|w+@w+|x+@x+|y+@y+|z+@z+|0+@0+|1+@1+|2+@2+|3+@3+|4+@4+|5+@5+|6+@6+|7+@7+|8+@8+|9+@9+|abc@abc|abcd@abcd|asd@asd|brak@brak|cash@cash|client@client|cliente@cliente|customer@customer|default@default|email@email|empty@empty|example@example|foo@foo|guest@guest|klant@klant|klient@klient|kund@kund|kunde@kunde|mail@mail|na@na|nada@nada|nie@nie|nincs@nincs|no@no|nobody@nobody|nope@nope|qwe@qwe|sample@sample|temp@temp|tester@tester|user@user|void@void|xyz@xyz|yok@yok)[.].*|(abc|customer|my|na|name|no|user|your|you|[a-z])@(company|domain|e?mail)[.](com|net|org)|(name|yourname)@example[.](com|net|org)|(a+|abc|na|no|x+|12345?6?)@gmail[.]com') then null
        when regexp_full_match(email_text, '[\p{L}\p{M}\p{N}_!#$%&''*+/=?^`{|}~-]+([.][\p{L}\p{M}\p{N}_!#$%&''*+/=?^`{|}~-]+)*@[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?([.][\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?)+') then email_text
        else '! email_not_an_address'
    end as email_verdict,
            case
        when external_id_text = '' or case
        when ascii(right(external_id_text, 1)) between 49 and 57 and ascii(external_id_text) <> 45 then false
        else
            regexp_full_match(regexp_replace(lower(external_id_text), '[\s_-]+', '', 'g'), 'anon|anonym|anonymous|anonymousbuyer|anonymouscustomer|anonymoususer|cash|cashcustomer|cashsale|cashsales|counter|countersale|customer|default|defaultcustomer|dummy|general|generalpublic|generic|genericcustomer|guest|guestcheckout|guestcustomer|guestuser|instore|instorecustomer|misc|nobody|nocustomer|noname|notregistered|notset|offtheshelf|onetimecustomer|overthecounter|passerby|pos|poscustomer|public|retail|retailcustomer|test|testcustomer|tourist|unassigned|unidentified|unknowncustomer|unregistered|visitor|walkin|walkincustomer|walkinguest|barverkauf|cpd|gast|gastkunde|kunde|laufkunde|laufkundschaft|standardkunde|unbekannt|anonyme|client|clientanonyme|clientcomptoir|clientdepassage|comptoir|divers|inconnu|invité|passage|anonimo|anónimo|anônimo|cliente|clientefinal|clientegenerico|clientegenérico|clienteoccasionale|clienteocasional|clientevarios|consumidorfinal|consumatorefinale|invitado|mostrador|ospite|publicogeneral|públicogeneral|publicoengeneral|públicoengeneral|varios|ventamostrador|anoniem|balie|contant|passant|anonymkund|gäst|kund|kassakund|anonymkunde|gæst|gjest|kontantkunde|gość|klient|klientdetaliczny|анонимный|гость|покупатель|розничныйпокупатель|barkunde|barzahler|diverse|kasse|sammelkunde|clientdivers|clienteanonimo|clienteanónimo|clientecontado|clientemostrador|contado|consumidor|ventapublico|ventapúblico|balieklant|diversen|kassa|kassaklant|losseklant|kontant|kontantkund|kontantsalg|clientocazional|clientgeneric|vendég|vásárló|vevő|host|zákazník|anonymní|πελάτησλιανικήσ|πελατησλιανικησ|επισκέπτησ|misafir|muhtelif|muhtelifmüşteri|perakende|perakendemüşteri|ziyaretçi|гостьмагазина|гість|розничный|физлицо|частноелицо|ゲスト|ゲスト様|非会員|一般|一般客|一般顧客|匿名|访客|訪客|游客|散客|匿名用户|零售客户|顾客|顧客|게스트|비회원|일반고객|손님|익명|زائر|ضيف|عميلنقدي|العميلالنقدي|אורח|ลูกค้าทั่วไป|ลูกค้าหน้าร้าน|kháchlẻ|kháchvãnglai|kháchhàng|pelanggan|pelangganumum|tamu|tunai')
            or regexp_full_match(external_id_text, '[{(]?[0-]*0[0-]*([.]0+)?[})]?|-[1-9]|-9+|[{(]?[fF]{8}-?[fF]{4}-?[fF]{4}-?[fF]{4}-?[fF]{12}[})]?')
    end then null
        when regexp_full_match(external_id_text, '[+-]?[0-9]+[.]0+|[0-9]([.][0-9]+)?[eE][+]?[0-9]+') then '! float_text'
        when
            ascii(external_id_text) not between 48 and 57
            and ascii(external_id_text) not between 97 and 122
            and not regexp_matches(external_id_text, '[\p{L}\p{N}]')
        then '! id_has_no_letters_or_digits'
        else external_id_text
    end as external_id_verdict,
            case
        when madid_text is null then null
        when madid_text = '00000000-0000-0000-0000-000000000000' then '! madid_is_zeros'
        when regexp_full_match(madid_text, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}') then madid_text
        else '! madid_not_a_uuid'
    end as madid_verdict,
            case
        when lead_id_text is null then null
        when regexp_full_match(lead_id_text, '[1-9][0-9]{14,16}') then lead_id_text
        else '! lead_id_not_15_to_17_digits'
    end as lead_id_verdict
        from texts
    ),
    phones as (select *, context_country as phone_country from judged),
    phone_folded as (
                select *, case when strlen(lower(phone_text)) = length(lower(phone_text)) then lower(phone_text) else translate(lower(phone_text), '０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯੦੧੨੩੪੫੬੭੮੯૦૧૨૩૪૫૬૭૮૯௦௧௨௩௪௫௬௭௮௯౦౧౨౩౪౫౬౭౮౯೦೧೨೩೪೫೬೭೮೯൦൧൨൩൪൫൬൭൮൯๐๑๒๓๔๕๖๗๘๙໐໑໒໓໔໕໖໗໘໙၀၁၂၃၄၅၆၇၈၉០១២៣៤៥៦៧៨៩＋（）－．／＃＠', '012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789+()-./#@') end as folded
                from phones
            ),
            -- Most phones only have digits and the usual signs, and need no replacement of patterns: that takes a third of the time.
            phone_recognised as (
                select *, regexp_full_match(folded, '[+0-9 ()./-]*') and not contains(folded, '(0)') as is_plain
                from phone_folded
            ),
            phone_unextended as (
                select
                    *,
                    case
                        when is_plain then folded
                        else regexp_replace(folded, '([0-9)])[ ,;.]*(ext|extn|extension|extensión|x|#|доб|anexo)[ .:=#]*[0-9]+[^0-9]*$', '\1', 'g')
                    end as main_text
                from phone_recognised
            ),
            phone_written as (
                select
                    *,
                    case when starts_with(main_text, '+') then true else regexp_full_match(main_text, '[^0-9]*[+].*') end as has_plus,
                    case
                        when is_plain then translate(main_text, '+ ()-./', '')
                        -- (0) is what a national caller dials after the code of an international number.
                        else regexp_replace(regexp_replace(main_text, '([+].*)[(]0[)]', '\1', 'g'), '[^0-9]', '', 'g')
                    end as digits
                from phone_unextended
            ),
            phone_planned as (
                select
                    phone_written.*,
                    own.calling_code as own_calling_code, own.lengths as own_lengths, own.number_pattern as own_number_pattern, own.trunk_prefix as own_trunk_prefix, own.trunk_pattern as own_trunk_pattern, own.trunk_rule as own_trunk_rule,
                    case when not has_plus then digits end as own_digits,
                    case when not has_plus then substr(digits, length(own.calling_code) + 1) end as digits_after_own_code,
                    case
                        when has_plus
                        then trim(leading '0' from digits)
                        when own.exit_prefix <> '' and starts_with(digits, own.exit_prefix) and length(digits) > length(own.exit_prefix) + 7
                        then trim(leading '0' from substr(digits, length(own.exit_prefix) + 1))
                        when starts_with(digits, '00')
                        then trim(leading '0' from digits)
                    end as international
                from phone_written
                left join int_capi__phone_plans as own on phone_written.phone_country = own.country
            ),
            phone_owned_begun as (
                select
                    *,
                    -- A zero in front of another trunk prefix is dialled by nobody but typed by many: 01 (650) in the United States.
                    case
                        when own_trunk_prefix in ('', '0') or own_trunk_pattern <> '' then own_digits
                        when starts_with(own_digits, '0') and starts_with(trim(leading '0' from own_digits), own_trunk_prefix) then trim(leading '0' from own_digits)
                        else own_digits
                    end as own_number_bare,
                    case
                        when own_trunk_pattern = '' or not regexp_matches(own_digits, '^(?:' || own_trunk_pattern || ')') then null
                        when own_trunk_rule <> '' and regexp_replace(own_digits, '^(?:' || own_trunk_pattern || ')' || '.*$', replace(right(own_trunk_rule, 2), '#', '\')) <> '' then own_trunk_rule
                        else ''
                    end as own_number_replacement,
                    -- A zero in front of another trunk prefix is dialled by nobody but typed by many: 01 (650) in the United States.
                    case
                        when own_trunk_prefix in ('', '0') or own_trunk_pattern <> '' then digits_after_own_code
                        when starts_with(digits_after_own_code, '0') and starts_with(trim(leading '0' from digits_after_own_code), own_trunk_prefix) then trim(leading '0' from digits_after_own_code)
                        else digits_after_own_code
                    end as number_after_own_code_bare,
                    case
                        when own_trunk_pattern = '' or not regexp_matches(digits_after_own_code, '^(?:' || own_trunk_pattern || ')') then null
                        when own_trunk_rule <> '' and regexp_replace(digits_after_own_code, '^(?:' || own_trunk_pattern || ')' || '.*$', replace(right(own_trunk_rule, 2), '#', '\')) <> '' then own_trunk_rule
                        else ''
                    end as number_after_own_code_replacement
                from phone_planned
            ),
            phone_owned_cut as (
                select
                    *,
                    substr(own_number_bare, length(own_trunk_prefix) + 1) as own_number_shorter,
                    case when own_number_replacement is not null then regexp_replace(own_digits, '^(?:' || own_trunk_pattern || ')', replace(own_number_replacement, '#', '\')) end as own_number_cut,
                    substr(number_after_own_code_bare, length(own_trunk_prefix) + 1) as number_after_own_code_shorter,
                    case when number_after_own_code_replacement is not null then regexp_replace(digits_after_own_code, '^(?:' || own_trunk_pattern || ')', replace(number_after_own_code_replacement, '#', '\')) end as number_after_own_code_cut
                from phone_owned_begun
            ),
            phone_owned as (
                select
                    *,
                    case
                        when own_trunk_prefix <> '' and starts_with(own_number_bare, own_trunk_prefix)
                            and (own_trunk_pattern = '' or (contains(own_lengths, ',' || length(own_number_shorter) || ',') and not contains(own_lengths, ',' || length(own_digits) || ',')))
                        then own_number_shorter
                        when own_number_cut is null
                        then own_digits
                        when not regexp_full_match(own_digits, own_number_pattern)
                        then own_number_cut
                        when regexp_full_match(own_number_cut, own_number_pattern)
                        then own_number_cut
                        else own_digits
                    end as own_number,
                    case
                        when own_trunk_prefix <> '' and starts_with(number_after_own_code_bare, own_trunk_prefix)
                            and (own_trunk_pattern = '' or (contains(own_lengths, ',' || length(number_after_own_code_shorter) || ',') and not contains(own_lengths, ',' || length(digits_after_own_code) || ',')))
                        then number_after_own_code_shorter
                        when number_after_own_code_cut is null
                        then digits_after_own_code
                        when not regexp_full_match(digits_after_own_code, own_number_pattern)
                        then number_after_own_code_cut
                        when regexp_full_match(number_after_own_code_cut, own_number_pattern)
                        then number_after_own_code_cut
                        else digits_after_own_code
                    end as number_after_own_code
                from phone_owned_cut
            ),
            phone_placed as (
                select
                    *,
                    -- A number that is complete but lacks its plus sign: of no national length, or no such one exists. Branches
                    -- and not `and`, so that the pattern is tried only on the few rows where lengths leave it open.
                    case
                        when international is not null or not starts_with(digits, own_calling_code)
                        then false
                        when not contains(own_lengths, ',' || length(number_after_own_code) || ',')
                        then false
                        when not contains(own_lengths, ',' || length(own_number) || ',')
                        then true
                        when regexp_full_match(digits, own_number_pattern)
                        then false
                        else regexp_full_match(number_after_own_code, own_number_pattern)
                    end as lacks_plus
                from phone_owned
            ),
            phone_numbered as (
                select *, coalesce(international, case when lacks_plus then digits else own_calling_code || own_number end) as number
                from phone_placed
            ),
            phone_coded as (select *, case
        when substr(number, 1, 1) in ('1', '7') then substr(number, 1, 1)
        when
            substr(number, 1, 2) in (
                '20', '27', '30', '31', '32', '33', '34', '36', '39', '40', '41', '43', '44', '45', '46', '47', '48', '49', '51', '52', '53',
                '54', '55', '56', '57', '58', '60', '61', '62', '63', '64', '65', '66', '81', '82', '84', '86', '90', '91', '92', '93', '94',
                '95', '98'
            )
        then substr(number, 1, 2)
        else substr(number, 1, 3)
    end as calling_code from phone_numbered),
            phone_split as (
                select
                    phone_coded.*,
                    substr(number, length(phone_coded.calling_code) + 1) as number_after_code,
                    main.lengths as main_lengths, main.number_pattern as main_number_pattern, main.trunk_prefix as main_trunk_prefix, main.trunk_pattern as main_trunk_pattern, main.trunk_rule as main_trunk_rule, main.zero_leads as main_zero_leads
                from phone_coded
                left join
                    (select * from int_capi__phone_plans where main_of_code) as main
                    on phone_coded.calling_code = main.calling_code
            ),
            phone_stripped_begun as (
                select
                    *,
                    -- A zero in front of another trunk prefix is dialled by nobody but typed by many: 01 (650) in the United States.
                    case
                        when main_trunk_prefix in ('', '0') or main_trunk_pattern <> '' then number_after_code
                        when starts_with(number_after_code, '0') and starts_with(trim(leading '0' from number_after_code), main_trunk_prefix) then trim(leading '0' from number_after_code)
                        else number_after_code
                    end as main_number_bare,
                    case
                        when main_trunk_pattern = '' or not regexp_matches(number_after_code, '^(?:' || main_trunk_pattern || ')') then null
                        when main_trunk_rule <> '' and regexp_replace(number_after_code, '^(?:' || main_trunk_pattern || ')' || '.*$', replace(right(main_trunk_rule, 2), '#', '\')) <> '' then main_trunk_rule
                        else ''
                    end as main_number_replacement
                from phone_split
            ),
            phone_stripped_cut as (
                select
                    *,
                    substr(main_number_bare, length(main_trunk_prefix) + 1) as main_number_shorter,
                    case when main_number_replacement is not null then regexp_replace(number_after_code, '^(?:' || main_trunk_pattern || ')', replace(main_number_replacement, '#', '\')) end as main_number_cut
                from phone_stripped_begun
            ),
            phone_stripped as (
                select
                    *,
                    case
                        when main_trunk_prefix <> '' and starts_with(main_number_bare, main_trunk_prefix)
                            and (main_trunk_pattern = '' or (contains(main_lengths, ',' || length(main_number_shorter) || ',') and not contains(main_lengths, ',' || length(number_after_code) || ',')))
                        then main_number_shorter
                        when main_number_cut is null
                        then number_after_code
                        when not regexp_full_match(number_after_code, main_number_pattern)
                        then main_number_cut
                        when regexp_full_match(main_number_cut, main_number_pattern)
                        then main_number_cut
                        else number_after_code
                    end as main_number
                from phone_stripped_cut
            ),
            phone_national as (
                select *, case when international is null and not lacks_plus then own_number else main_number end as national_number
                from phone_stripped
            ),
            phone_judged as (
                select
                    *,
                    case
                        when phone_text is null then null
                        when regexp_full_match(folded, '[+-]?[0-9]+[.]0+|[0-9]([.][0-9]+)?[eE][+]?[0-9]+') then '! float_text'
                        -- Shorter rows of digits are real numbers: 01 23 45 67 89 is one in Paris.
                        when digits in ('1234567890', '9876543210') or regexp_full_match(digits, '0{6,15}|1{6,15}|2{6,15}|3{6,15}|4{6,15}|5{6,15}|6{6,15}|7{6,15}|8{6,15}|9{6,15}') then null
                        when digits = '' then '! phone_has_no_digits'
                        when number is null then '! phone_country_unknown'
                        when regexp_full_match(national_number, '0{6,15}|1{6,15}|2{6,15}|3{6,15}|4{6,15}|5{6,15}|6{6,15}|7{6,15}|8{6,15}|9{6,15}') then null
                        when main_lengths is null then '! phone_calling_code_unknown'
                        -- What still begins with a zero or a trunk prefix, where no number does, is a number of another country.
                        when starts_with(national_number, '0') and not main_zero_leads
                        then '! phone_length_impossible'
                        when main_trunk_prefix <> '' and main_trunk_pattern = '' and starts_with(national_number, main_trunk_prefix)
                        then '! phone_length_impossible'
                        when contains(main_lengths, ',' || length(national_number) || ',') and length(calling_code || national_number) between 7 and 15
                        then calling_code || national_number
                        else '! phone_length_impossible'
                    end as phone_verdict
                from phone_national
            ),
    hashed as (
        select
            *,
            case
        when email_trimmed is null then null
        when length(email_trimmed) >= 64 and regexp_full_match(lower(email_trimmed), '[0-9a-f]{64}([.][a-z0-9_-]{2,8})?') then substr(lower(email_trimmed), 1, 64)
        when length(email_trimmed) = 32 and regexp_full_match(lower(email_trimmed), '[0-9a-f]{32}') then '! md5_hash'
        when starts_with(email_verdict, '! ') then email_verdict
        else sha256(nullif(email_verdict, ''))
    end as email_outcome,
            case
        when phone_trimmed is null then null
        when length(phone_trimmed) >= 64 and regexp_full_match(lower(phone_trimmed), '[0-9a-f]{64}([.][a-z0-9_-]{2,8})?') then substr(lower(phone_trimmed), 1, 64)
        when length(phone_trimmed) = 32 and regexp_full_match(lower(phone_trimmed), '[0-9a-f]{32}') then '! md5_hash'
        when starts_with(phone_verdict, '! ') then phone_verdict
        else sha256(nullif(phone_verdict, ''))
    end as phone_outcome,
            case
        when external_id_trimmed is null then null
        when length(external_id_trimmed) >= 64 and regexp_full_match(lower(external_id_trimmed), '[0-9a-f]{64}([.][a-z0-9_-]{2,8})?') then substr(lower(external_id_trimmed), 1, 64)
        when starts_with(external_id_verdict, '! ') then external_id_verdict
        else sha256(nullif(external_id_verdict, ''))
    end as external_id_outcome
        from phone_judged
    ),
    kept as (
        select
            person_key,
            is_receipt,
            is_further,
            context_country, first_name, last_name, gender, date_of_birth, city, state, postal_code,
            country_outcome,
            email_outcome,
            phone_outcome,
            external_id_outcome,
            madid_verdict as madid_outcome,
            lead_id_verdict as lead_id_outcome
        from hashed
    )
select *
from kept;

create temporary table recognised as
with
    judged as (
        select
            number,
            kind,
            lower(value) as lower_value,
            person_key,
            case kind
                when 'email' then email_outcome
                when 'phone' then phone_outcome
                when 'external_id' then external_id_outcome
                when 'madid' then madid_outcome
                when 'lead_id' then lead_id_outcome
            end as outcome,
            -- No text holds its own hash: one that does is a hash, and was taken for one.
            case when contains(lower(value), external_id_outcome) then external_id_outcome end as hash_given
        from int_capi__contacts
        inner join given on split_part(person_key, ':', 1) = given.number::varchar
    ),
    answers as (
        select
            number,
            person_key,
            [
                case
                    when starts_with(outcome, '! ') then null
                    when kind in ('madid', 'lead_id') then sha256(outcome)
                    else outcome
                end,
                hash_given,
                case when kind = 'external_id' then sha256(regexp_extract(lower_value, hash_given || '[.a-z0-9_-]*')) end
            ] as forms,
            case when starts_with(outcome, '! ') and hash_given is null then substr(outcome, 3) end as reason
        from judged
    ),
    readings as (
        select
            number,
            person_key,
            list_filter(flatten(list(forms)), lambda form: form is not null) as forms,
            min(reason) as reason
        from answers
        group by number, person_key
    )
select
    number,
    list_sort(list_distinct(flatten(coalesce(list(forms) filter (reason is null), [])))) as forms,
    arg_min(reason, person_key) as reason
from readings
group by number;
