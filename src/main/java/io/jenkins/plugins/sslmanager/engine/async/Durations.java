package io.jenkins.plugins.sslmanager.engine.async;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them here: {@code 90s}, {@code 15m}, {@code 12h}, {@code 2d}. */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

    private Durations() {}

    /** @throws IllegalArgumentException if it is written otherwise */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration. Use a whole number and a unit, such as 90s, 15m, 12h or 2d");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** In the largest unit that leaves no rest; parts of a second are dropped. */
    public static String format(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0 && seconds > 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0 && seconds > 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
