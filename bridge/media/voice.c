/* media/voice.c: what a browser recorded (Opus in WebM or Ogg, AAC in MP4) becomes AAC in an MP4 whose index stands in front: every iPhone plays that,
 * old ones too, and can begin before it has all. The original is kept beside it. How loud it is along the way is counted here, from samples that
 * ffmpeg wrote: no stranger's bytes. */
#include "media/inside.h"
#include "media/peaks.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

enum { WALL_S = 120, RATE = 8000, SECOND_MS = 1000, OUT_MAX = 64 << 20 };

/* ffmpeg guesses nothing: the demuxer is named, and it opens no other file and no address, whatever the file asks for. */
static const char *demuxer(enum media_form form)
{
        return form == MEDIA_WEBM ? "matroska" : form == MEDIA_OGG ? "ogg" : "mov";
}

#define FROM(form) "-v", "error", "-nostdin", "-threads", "1", "-protocol_whitelist", "file,pipe", "-f", (form), "-i", "file:/proc/self/fd/0", "-map", "0:a:0", "-ac", "1"

/* A second more than is taken, so that what is longer is seen to be. */
static int transcode(struct making *making)
{
        char seconds[24];
        const char *const argv[] = { making->settings->ffmpeg, FROM(demuxer(making->sniffed.form)), "-t", seconds, "-ar", "44100", "-c:a", "aac", "-b:a", "48k",
                                     "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact",
                                     "-movflags", "+faststart", "-f", "ipod", "-y", "file:/proc/self/fd/1", NULL };

        snprintf(seconds, sizeof(seconds), "%lld", (long long)making->settings->voice_s + 1);
        return tool_make(making, &(struct tool_run){ .argv = argv, .in = making->in, .wall_s = WALL_S, .out_max = OUT_MAX }, MEDIA_SHOWN);
}

static int listen_to(struct making *making)
{
        const char *const argv[] = { making->settings->ffmpeg, FROM("mov"), "-ar", "8000", "-f", "s16le", "pipe:1", NULL };
        struct media_made *made = making->made;
        uint64_t len;
        void *samples;
        int fd, r;

        r = tool_run(making, &(struct tool_run){ .argv = argv, .in = made->fd[MEDIA_SHOWN], .wall_s = WALL_S, .out_max = OUT_MAX }, &fd, &len);
        if (r < 0)
                return r;
        samples = len >= sizeof(int16_t) ? mmap(NULL, (size_t)len, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
        close(fd);
        if (samples == MAP_FAILED)
                return len >= sizeof(int16_t) ? -ENOMEM : -EBADMSG;
        peaks(samples, (size_t)(len / sizeof(int16_t)), made->peaks, MEDIA_PEAKS);
        munmap(samples, (size_t)len);
        made->has_peaks = true;
        made->duration_ms = (int64_t)(len / sizeof(int16_t)) * SECOND_MS / RATE;
        return made->duration_ms > making->settings->voice_s * SECOND_MS ? -ERANGE : made->duration_ms == 0 ? -EBADMSG : 0;
}

/* As it came. */
static int keep_original(struct making *making)
{
        struct media_made *made = making->made;
        off_t end = lseek(making->in, 0, SEEK_END), at = 0;

        made->fd[MEDIA_ORIGINAL] = memfd_create("original", MFD_CLOEXEC);
        if (made->fd[MEDIA_ORIGINAL] < 0)
                return -errno;
        while (at < end)
                if (sendfile(made->fd[MEDIA_ORIGINAL], making->in, &at, (size_t)(end - at)) <= 0)
                        return -EIO;
        made->bytes[MEDIA_ORIGINAL] = (uint64_t)end;
        return 0;
}

int voice_make(struct making *making)
{
        int r;

        making->made->kind = MEDIA_VOICE;
        making->made->type = "audio/mp4";
        r = transcode(making);
        if (r >= 0)
                r = listen_to(making);
        return r < 0 ? r : keep_original(making);
}
