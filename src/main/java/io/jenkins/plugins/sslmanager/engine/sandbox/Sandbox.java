package io.jenkins.plugins.sslmanager.engine.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.BasicUser;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.http.SecondFactor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The state of an SSL Manager for tests and demonstrations: thread-safe, in memory, without a protocol. Nothing in it moves
 * but by the clock. Methods about certificates and notifications mean the first account; others have {@link #account}.
 */
public final class Sandbox {

    private final InstantSource clock;
    private final Map<SandboxAccount, String> passwords;
    private final Map<String, SecondFactor> secondFactors;
    private final Numbering numbering;
    private final RateLimit rateLimit = new RateLimit();
    private final boolean rateLimited;
    private final boolean olderRouteOnly;
    private final NameSpelling nameSpelling;

    private Sandbox(Builder builder) {
        clock = builder.clock;
        secondFactors = Map.copyOf(builder.secondFactors);
        numbering = new Numbering();
        rateLimited = builder.rateLimited;
        olderRouteOnly = builder.olderRouteOnly;
        nameSpelling = builder.nameSpelling;
        passwords = new LinkedHashMap<>();
        Map<BasicUser, String> users =
                builder.users.isEmpty() ? Map.of(new BasicUser(1, "sandbox"), "sandbox") : builder.users;
        users.forEach((user, password) -> passwords.put(
                new SandboxAccount(user, clock, builder.jobDelay, numbering, builder.validation(), builder.ageAtFirst),
                password));
        passwords
                .keySet()
                .forEach(account -> IntStream.rangeClosed(1, builder.foreignMessages)
                        .forEach(number -> account.addForeignMessage("foreign-" + number + ".example.net")));
        if (builder.demoCertificates) {
            Arrays.stream(Behaviour.values())
                    .map(Behaviour::demoName)
                    .forEach(name -> addCertificate(name, AuthMethod.DNS, "www." + name));
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** @throws IllegalArgumentException if there is no such account */
    public SandboxAccount account(String user, int context) {
        return passwords.keySet().stream()
                .filter(account -> account.owner().equals(new BasicUser(context, user)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("The sandbox has no user " + user + " in context " + context));
    }

    /** {@link SandboxAccount#addCertificate} of the first account. */
    public long addCertificate(String name, AuthMethod method, String... alternativeNames) {
        return first().addCertificate(name, method, alternativeNames);
    }

    /** {@link SandboxAccount#removeCertificate} of the first account. */
    public void removeCertificate(long id) {
        first().removeCertificate(id);
    }

    /** {@link SandboxAccount#listBriefly} of the first account. */
    public void listBriefly() {
        first().listBriefly();
    }

    /** {@link SandboxAccount#certificate} of the first account. */
    public Certificate certificate(long id) {
        return first().certificate(id);
    }

    /** {@link SandboxAccount#addForeignMessage} of the first account. */
    public long addForeignMessage(String domain) {
        return first().addForeignMessage(domain);
    }

    /** {@link SandboxAccount#orders} of the first account. */
    public int orders(String certificateName) {
        return first().orders(certificateName);
    }

    /** {@link SandboxAccount#renewals} of the first account. */
    public int renewals(String certificateName) {
        return first().renewals(certificateName);
    }

    /** {@link SandboxAccount#queuedMessageIds} of the first account. */
    public List<Long> queuedMessageIds() {
        return first().queuedMessageIds();
    }

    /** {@link SandboxAccount#confirmedMessageIds} of the first account. */
    public List<Long> confirmedMessageIds() {
        return first().confirmedMessageIds();
    }

    private SandboxAccount first() {
        return passwords.keySet().iterator().next();
    }

    public String nextStid() {
        return numbering.stid(clock.instant());
    }

    public void countRequest() {
        if (rateLimited && !rateLimit.admits(clock.instant())) {
            throw TaskRefused.tooManyRequests();
        }
    }

    public boolean olderRouteOnly() {
        return olderRouteOnly;
    }

    public NameSpelling nameSpelling() {
        return nameSpelling;
    }

    public SandboxAccount signIn(
            String user, String password, @CheckForNull String context, @CheckForNull String token) {
        List<SandboxAccount> accounts = passwords.entrySet().stream()
                .filter(entry -> entry.getKey().owner().user().equals(user)
                        && entry.getValue().equals(password))
                .map(Map.Entry::getKey)
                .toList();
        if (accounts.isEmpty() || !isToken(user, token)) {
            throw TaskRefused.wrongCredentials();
        }
        return accounts.stream()
                .filter(account -> account.owner().context().toString().equals(context))
                .findFirst()
                .orElseThrow(() -> TaskRefused.wrongContext(context));
    }

    /** Also the one before, since it may have been on its way. */
    private boolean isToken(String user, @CheckForNull String token) {
        SecondFactor factor = secondFactors.get(user);
        return factor == null
                || Stream.of(clock.instant(), clock.instant().minusSeconds(30))
                        .anyMatch(moment -> factor.token(moment).equals(token));
    }

    /** Without further settings: one account with user and password "sandbox" in context 1, and no certificates. */
    public static final class Builder {

        private final Map<BasicUser, String> users = new LinkedHashMap<>();
        private final Map<String, SecondFactor> secondFactors = new HashMap<>();
        private InstantSource clock = InstantSource.system();
        private Duration jobDelay = Duration.ofSeconds(2);
        private Duration ageAtFirst = Duration.ZERO;
        private boolean demoCertificates;
        private boolean rateLimited = true;
        private boolean olderRouteOnly;
        private NameSpelling nameSpelling = NameSpelling.SAN;
        private ProofShape proofShape = ProofShape.DOMAINS;
        private boolean provesEachDomain;
        private Set<String> zonesElsewhere = Set.of();
        private int foreignMessages;

        private Builder() {}

        /** What the time is; the system's clock by default. */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /** Sets how long an ordinary job runs, 2 seconds by default; with zero it has ended before the next request. */
        public Builder jobDelay(Duration jobDelay) {
            this.jobDelay = jobDelay;
            return this;
        }

        /** How old certificates are when they are added; zero by default. */
        public Builder ageAtFirst(Duration ageAtFirst) {
            this.ageAtFirst = ageAtFirst;
            return this;
        }

        /** Adds an account; it takes the place of the default one. */
        public Builder account(String user, String password, int context) {
            users.put(new BasicUser(context, user), password);
            return this;
        }

        /** Has a user sign in with one-time tokens besides; their secret is in Base32. */
        public Builder secondFactor(String user, String secret) {
            secondFactors.put(user, new SecondFactor(secret));
            return this;
        }

        /** Adds a certificate for each {@link Behaviour}, in its order, with ids from 1001, to the first account. */
        public Builder demoCertificates() {
            demoCertificates = true;
            return this;
        }

        /** Sets whether more than 3 requests within a second are refused; true by default. */
        public Builder rateLimit(boolean limited) {
            rateLimited = limited;
            return this;
        }

        /** Sets whether there is only the older route of prepareOrder, {@code /certificate/prepareOrder}. */
        public Builder olderRouteOnly(boolean olderRouteOnly) {
            this.olderRouteOnly = olderRouteOnly;
            return this;
        }

        /** Sets how further names are spelled over XML. */
        public Builder nameSpelling(NameSpelling nameSpelling) {
            this.nameSpelling = nameSpelling;
            return this;
        }

        /** Sets how PrepareOrder answers for several domains; {@link ProofShape#DOMAINS} by default. */
        public Builder proofShape(ProofShape proofShape) {
            this.proofShape = proofShape;
            return this;
        }

        /** Sets whether an order is refused that lacks the proof of one of its domains; false by default. */
        public Builder provesEachDomain(boolean provesEachDomain) {
            this.provesEachDomain = provesEachDomain;
            return this;
        }

        /** Domains whose zones InterNetX does not manage, so that it cannot set records there; none by default. */
        public Builder zonesElsewhere(String... domains) {
            zonesElsewhere = Set.of(domains);
            return this;
        }

        private Validation validation() {
            return new Validation(proofShape, provesEachDomain, zonesElsewhere);
        }

        /** Sets how many notifications about domains are in the queue of each account from the start. */
        public Builder foreignMessages(int foreignMessages) {
            this.foreignMessages = foreignMessages;
            return this;
        }

        public Sandbox build() {
            return new Sandbox(this);
        }
    }
}
