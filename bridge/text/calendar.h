/* text/calendar.h: the calendars that families keep beside the Gregorian one, by arithmetic alone: ICU 72 and browsers do not always agree, and
 * what a sender sees before sending is what everybody gets. web/src/words/calendar.ts counts the same. Pure; any thread. */
#pragma once

enum calendar {
        CALENDAR_NONE,
        CALENDAR_PERSIAN,  /* Solar Hijri, by the cycle of 33 years: right from 1178 to 1633 (1799 to 2254) */
        CALENDAR_ETHIOPIC, /* Amete Mihret; its thirteenth month has five days or six */
};

struct calendar_day {
        int year, month, day; /* month 1 is the first */
};

/* By its word: "persian", "ethiopic"; CALENDAR_NONE for another. */
enum calendar calendar_of(const char *word);

/* How many months it has. */
int calendar_months(enum calendar calendar);

/* A Gregorian day in it. calendar: not CALENDAR_NONE. */
struct calendar_day calendar_day(enum calendar calendar, int year, int month, int day);
