"""First and family names that are common here and are no other word; as `normalise` writes them."""

from __future__ import annotations

from typing import Final

from bot.core.normalise import normalise

_DUTCH_AND_FRISIAN: Final = (
    "Jan Piet Kees Henk Gerrit Johannes Willem Cornelis Hendrik Pieter Maria Anna Johanna Margriet Ingrid Marieke"
    " Sanne Daan Lucas Levi Finn Noah Milan Bram Luuk Thijs Lars Jesse Ruben Tim Thomas Stijn Sven Joost Jeroen"
    " Maarten Martijn Wouter Sander Erik Ronald Marcel Patrick Dennis Kevin Jasper Niels Koen Gijs Teun Emma Julia"
    " Mila Tess Sophie Zoë Sara Nora Eva Lotte Lisa Anouk Femke Maud Liv Lieke Fenna Linda Monique Petra Esther"
    " Marloes Annemarie Ellen Wilma Truus Corrie Tineke Sytske Sjoerd Wietske Tjitske Jelmer Wytse Tjeerd Douwe"
    " Sietse Sietske Hiske Nynke Anke Froukje Fokje Geertje Baukje Tsjikke Tsjalling Gerben Rients Piter Jildou"
    " Jildert Klaske Ytsje Doutzen Hessel Sjoukje Wiebe Sybren Sybe Fedde Rinske Rixt Reitse Pytrik Marijke Antsje"
    " Aukje Jitske Boukje Tryntsje Hylke Jansen Meijer Mulder Peters Hendriks Dijkstra Hoekstra Veenstra Hofstra"
    " Wiersma Postma Boersma Bouma Terpstra Zijlstra Sikkema Kuipers Huisman"
    " Anja Yvonne Mieke Chantal Bart Sem Roel Henny Gerda Greetje Hanneke Marjan Marjolein Saskia Astrid Monika Wendy"
    " Kim Mandy Sharon Naomi Naomie Kirsten Marloes Mirjam Jolanda Ilse Inge Irene Jacqueline Jeannette Nicole Nienke"
    " Renske Rianne Sabine Simone Sonja Tessa Vera Willemijn Arjan Bas Bastiaan Edwin Frans Freek Geert Guus Jaap"
    " Jelle Joris Jurgen Leon Maarten Marco Menno Michiel Olivier Pim Remco Ricardo Rick Robbert Roy Rutger Sebastiaan"
    " Siebe Stefan Thijmen Tjalling Tjerk Vincent Wilco Wim Harmen Ypkje Sjoerdtsje Hielke Bauke Folkert Jacob Foekje"
)
_ENGLISH: Final = (
    "Peter John James Michael David Robert William Richard Joseph Charles Daniel Matthew Anthony Andrew Joshua"
    " Paul Steven Kenneth George Edward Brian Ronald Jason Ryan Jacob Nicholas Jonathan Stephen Benjamin Samuel"
    " Alexander Mary Patricia Jennifer Elizabeth Barbara Susan Jessica Sarah Karen Nancy Margaret Sandra Ashley"
    " Emily Donna Michelle Amanda Melissa Deborah Stephanie Rebecca Laura Cynthia Kathleen Amy Angela Helen Olivia"
    " Smith Williams Jones Davis Miller Wilson Anderson Taylor Thompson Robinson Evans Roberts"
)
_TURKISH: Final = (
    "Ahmet Mehmet Mustafa Ali Hüseyin Hasan İbrahim İsmail Osman Yusuf Murat Ömer Halil Süleyman Abdullah Mahmut"
    " Recep Fatih Kadir Emre Hakan Serkan Orhan Kemal Burak Furkan Yasin Enes Kaan Berkay Mert Eymen Ayşe Fatma"
    " Hatice Zeynep Elif Meryem Şerife Zehra Hanife Merve Havva Zeliha Esra Özlem Yasemin Hacer Leyla Hülya Sevim"
    " Gülsüm Büşra Kübra Rabia Tuğba Gamze Ebru Nuray Sibel Songül Aylin Gülay Nurcan Nermin Selma Semra Aysel"
    " Ayten Ecrin Miray Azra Yılmaz Şahin Yıldırım Öztürk Özdemir Arslan Çetin Özkan Şimşek Korkmaz"
)
_OTHERS: Final = (
    "Mohammed Mohamed Muhammad Mohammad Mohamad Muhammed Ahmed Ahmad Hassan Hussein Hussain Ibrahim Ismail Yousef"
    " Youssef Yusuf Omar Khaled Khalid Mahmoud Mustapha Mostafa Abdul Abdel Abdelkader Abdallah Abdirahman Rachid"
    " Samir Tarek Tariq Bilal Hamza Hamid Jamal Kamal Nabil Nasser Walid Ziad Zakaria Ayoub Ilyas Imran Fatima"
    " Fatma Aisha Aicha Khadija Zainab Zeinab Maryam Mariam Amina Aminah Samira Latifa Naima Rachida Saida Souad"
    " Hanan Huda Houda Layla Leila Nadia Noura Rania Salma Samia Yasmin Yasmina Zahra Halima Hafsa Hajar Ikram"
    " Soumaya Malika Jamila Ghizlane Loubna Shirin Rojin Berfin Azad Dilan Rozerin Amrani Bouali Haddad Idrissi"
    " Alaoui Benali Bouazza Abdi Hodan Ifrah Ayaan Tesfay Mehret Yonas Berhane Haben Tsehay Olena Oksana Iryna"
    " Natalia Svetlana Tatiana Oleksandr Andriy Serhiy Mykola Volodymyr Krzysztof Katarzyna Agnieszka Małgorzata"
    " Tomasz Piotr Paweł Grzegorz Zofia Ivan Georgi Dimitar Carlos Jorge Carmen Fernandez Garcia Lopez"
)
_ARABIC: Final = (
    "محمد أحمد محمود مصطفى إبراهيم يوسف خالد حسين عبدالله عبدالرحمن طارق بلال حمزة زكريا ياسين إسماعيل عثمان"
    " سليمان رشيد سمير نبيل زياد أيوب إلياس عمران يحيى موسى داود مروان هشام رامي ماهر فاطمة عائشة خديجة زينب مريم"
    " أمينة سميرة لطيفة نعيمة رشيدة سعاد حنان هدى ليلى نادية نورة رانيا سلمى سامية ياسمين زهراء حليمة حفصة هاجر"
    " مليكة رقية سارة شيماء غادة هبة ريم التميمي الحسن الأحمد المحمد البغدادي العلوي الإدريسي العمراني الجاسم"
    " الخطيب"
)

# Names that are words too: only after a sign such as "ik heet" or "mijn zoon".
_ALSO_WORDS: Final = (
    "Roos Fleur Iris Noor Merel Storm Wolf Mark Rob Bob Hans Jade Puck Sterre Faith Grace Joy Hope Rose Bill Deniz Umut"
    " Barış Gül Yağmur Kerem Ece Naz كريم لين هناء أمل نور سعيد جميل سامي رحمة إيمان وفاء سلام حبيبة ملك جنى"
)

NAMES_AND_WORDS: Final = frozenset(normalise(name) for name in _ALSO_WORDS.split())
FIRST_NAMES: Final = frozenset(
    normalise(name) for names in (_DUTCH_AND_FRISIAN, _ENGLISH, _TURKISH, _OTHERS, _ARABIC) for name in names.split()
)
