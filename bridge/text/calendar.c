#include "text/calendar.h"

#include <string.h>

enum {
        ETHIOPIC_EPOCH = 1723856, /* the Julian day of 1 Meskerem 0 */
        PERSIAN_EPOCH = 1948320,  /* of 1 Farvardin 1 */
        FOUR_YEARS = 1461,
        PERSIAN_LONG = 216, /* days before the months of thirty begin, with what is added for the shift */
};

enum calendar calendar_of(const char *word)
{
        if (!word)
                return CALENDAR_NONE;
        return strcmp(word, "persian") == 0 ? CALENDAR_PERSIAN : strcmp(word, "ethiopic") == 0 ? CALENDAR_ETHIOPIC : CALENDAR_NONE;
}

int calendar_months(enum calendar calendar)
{
        return calendar == CALENDAR_ETHIOPIC ? 13 : 12;
}

/* The Julian day number at noon of a Gregorian day. */
static int julian_day(int year, int month, int day)
{
        int late = (14 - month) / 12, y = year + 4800 - late, m = month + 12 * late - 3;

        return day + (153 * m + 2) / 5 + 365 * y + y / 4 - y / 100 + y / 400 - 32045;
}

static struct calendar_day ethiopic(int julian)
{
        int days = julian - ETHIOPIC_EPOCH, in_four = days % FOUR_YEARS, last = in_four / (FOUR_YEARS - 1);
        int in_year = in_four % 365 + 365 * last;

        return (struct calendar_day){ 4 * (days / FOUR_YEARS) + in_four / 365 - last, in_year / 30 + 1, in_year % 30 + 1 };
}

static struct calendar_day persian(int julian)
{
        int days = julian - PERSIAN_EPOCH, year = 1 + (33 * days + 3) / 12053, in_year = days - (365 * (year - 1) + (8 * year + 21) / 33);
        int month = in_year < PERSIAN_LONG ? in_year / 31 : (in_year - 6) / 30, before = month <= 6 ? month * 31 : month * 30 + 6;

        return (struct calendar_day){ year, month + 1, in_year - before + 1 };
}

struct calendar_day calendar_day(enum calendar calendar, int year, int month, int day)
{
        int julian = julian_day(year, month, day);

        return calendar == CALENDAR_ETHIOPIC ? ethiopic(julian) : persian(julian);
}
