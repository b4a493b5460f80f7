package io.jenkins.plugins.sslmanager.engine.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the service is and who asks it.
 *
 * @param url the base URL of the API, https or, on this machine, http; a trailing slash makes no difference
 * @param user as RFC 7617 allows it: without a colon or control characters
 * @param password without control characters; never printed
 * @param context the number of the service's context
 * @param secondFactor null for a user that has none
 */
public record ServiceAccount(
        URI url,
        String user,
        String password,
        int context,
        @CheckForNull SecondFactor secondFactor) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /** @throws IllegalArgumentException naming the field, the reason and the remedy, and no value that is secret */
    public ServiceAccount {
        checkUrl(url);
        check(!user.isBlank(), "user is empty: enter the name of the service's user");
        check(user.indexOf(':') < 0, "user must not contain a colon: HTTP Basic (RFC 7617) has no way to send it");
        check(
                user.chars().noneMatch(Character::isISOControl),
                "user must not contain control characters: enter it again by hand");
        check(!password.isEmpty(), "password is empty: choose credentials that have one");
        check(
                password.chars().noneMatch(Character::isISOControl),
                "password must not contain control characters: enter it again without a line break");
        check(
                context > 0,
                "context must be a positive number, not " + context
                        + ": it is 9 for SSL Manager users, 4 for AutoDNS users, 1 for the demo system and the sandbox");
    }

    /** A user without a second factor. */
    public ServiceAccount(URI url, String user, String password, int context) {
        this(url, user, password, context, null);
    }

    /** The one-time token of this moment; null for a user without a second factor. */
    @CheckForNull
    public String token() {
        return secondFactor == null ? null : secondFactor.token(Instant.now());
    }

    /** The host and port that the service's limit on requests counts for. */
    String service() {
        int port = url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        return url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** @param path empty for the base URL itself, exactly as configured: a gateway may insist on its trailing slash */
    URI resolve(String path) {
        String base = url.toString();
        return path.isEmpty()
                ? url
                : URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    @Override
    public String toString() {
        return "%s at %s, context %d".formatted(user, url, context);
    }

    private static void checkUrl(URI url) {
        check(
                "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()),
                "url must begin with https://");
        check(url.getRawUserInfo() == null, "url must not contain a user or password: enter them as credentials");
        check(url.getHost() != null, "url has no valid host: it should look like https://api.autodns.com/v1");
        check(
                url.getRawQuery() == null && url.getRawFragment() == null,
                "url must end with its path: remove everything from the first ? or # on");
        check(
                "https".equalsIgnoreCase(url.getScheme())
                        || LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT))
                                .matches(),
                "url must begin with https:// for the host " + url.getHost()
                        + ": over http:// anyone on the way could read the password. Plain http is for this machine"
                        + " (localhost) alone");
    }

    private static void check(boolean valid, String problem) {
        if (!valid) {
            throw new IllegalArgumentException("SSL Manager account: " + problem + ".");
        }
    }
}
