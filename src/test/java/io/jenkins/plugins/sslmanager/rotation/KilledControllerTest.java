package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.SecretLeaks;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.account.Connections;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.delivery.CertificateListener;
import io.jenkins.plugins.sslmanager.delivery.CertificateOutcome;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxAccount;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;
import org.springframework.security.core.Authentication;

/**
 * A Jenkins in a process of its own ends while rotations are at each of their stages, and starts again with the files that are
 * there. Each certificate is delivered, one order stands, and no key is in clear before.
 */
class KilledControllerTest {

    /** Where a rotation is when Jenkins ends; the latest first, since what is held for one would stop those before it. */
    private enum Moment {
        DELIVERED(null, Stage.ISSUED),
        ISSUED(null, Stage.ISSUED),
        FETCHING(Task.CERTIFICATE_INFO, Stage.ORDERED),
        CONFIRMING(Task.POLL_CONFIRM, Stage.ORDERED),
        WAITING(Task.JOB_INFO, Stage.ORDERED),
        ORDERING(Task.REISSUE, Stage.ORDERING),
        PREPARING(Task.PREPARE_ORDER, Stage.PREPARED),
        SEARCHING(Task.JOB_SEARCH, null),
        LOOKING(Task.CERTIFICATE_INFO, null);

        /** The request whose answer does not come any more; null if the delivery is under way. */
        private final Task request;

        /** What the order book says; null if there is no order. */
        private final Stage stage;

        Moment(Task request, Stage stage) {
            this.request = request;
            this.stage = stage;
        }

        String certificateName() {
            return name().toLowerCase(Locale.ROOT) + ".example.com";
        }

        /** Whether the service has done its work by then. */
        boolean isAfterTheJob() {
            return stage == Stage.ISSUED || this == FETCHING || this == CONFIRMING;
        }

        /**
         * The rotations of one account share its queue, of which one message is held, and for half a minute one look at the
         * running jobs.
         */
        String user() {
            return switch (this) {
                case CONFIRMING -> "second";
                case SEARCHING -> "third";
                default -> "release";
            };
        }
    }

    private static final Duration JOB_DELAY = Duration.ofMinutes(10);

    /** Of the sandbox's users. */
    private static final Map<String, Integer> CONTEXTS = Map.of("release", 4, "second", 9, "third", 10);

    /** In the process of Jenkins: down when the delivery has come to where it is held. */
    private static final Map<Moment, CountDownLatch> HELD =
            Map.of(Moment.ISSUED, new CountDownLatch(1), Moment.DELIVERED, new CountDownLatch(1));

    /** Quicker to start than with all optimizations. */
    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().javaOptions("-XX:TieredStopAtLevel=1");

    private final SandboxFixture fixture = new SandboxFixture(JOB_DELAY);
    private final Map<Moment, Long> certificates = new EnumMap<>(Moment.class);

    @AfterEach
    void closeSandbox() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void nextBuildsDeliverAfterAKill(Protocol protocol) throws Throwable {
        startBuilds(protocol, FlowDurabilityHint.PERFORMANCE_OPTIMIZED);
        Process process = controller.getProcess();
        controller.stopJenkinsForcibly();
        process.waitFor();
        fixture.release();

        controller.startJenkins();
        assertEquals(stagesReached(), controller.call(jenkins -> openOrders()));
        controller.run(jenkins -> assertNoKeyIsInClear(jenkins));
        for (Moment moment : Moment.values()) {
            controller.run(jenkins -> build(jenkins, moment));
        }
        assertEachIsDelivered(2);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void buildsGoOnAfterAStop(Protocol protocol) throws Throwable {
        startBuilds(protocol, FlowDurabilityHint.MAX_SURVIVABILITY);
        controller.stopJenkins();
        fixture.release();

        controller.startJenkins();
        assertEachIsDelivered(1);
    }

    private void startBuilds(Protocol protocol, FlowDurabilityHint durability) throws Throwable {
        controller.startJenkins();
        String url = fixture.url(protocol);
        controller.run(jenkins -> setUp(protocol, url));
        for (Moment moment : Moment.values()) {
            long certificate = account(moment).addCertificate(moment.certificateName(), AuthMethod.DNS);
            certificates.put(moment, certificate);
            controller.run(jenkins -> createJob(jenkins, moment, certificate, durability));
            reach(moment);
        }
    }

    private void reach(Moment moment) throws Throwable {
        if (!moment.isAfterTheJob()) {
            fixture.holdAlso(moment.request);
        }
        controller.run(jenkins -> build(jenkins, moment));
        if (moment.isAfterTheJob()) {
            controller.run(jenkins ->
                    jenkins.waitForMessage("Ordered " + moment.certificateName(), build(jenkins, moment, 1)));
            if (moment == Moment.FETCHING) {
                fixture.holdAlso(moment.request, certificates.get(moment));
            } else if (moment == Moment.CONFIRMING) {
                fixture.holdAlso(moment.request);
            }
            fixture.letTimePass(JOB_DELAY);
        }
        if (moment.request != null) {
            fixture.awaitHeldRequest();
        } else {
            controller.run(jenkins -> HELD.get(moment).await());
        }
    }

    private void assertEachIsDelivered(int build) throws Throwable {
        for (Moment moment : Moment.values()) {
            if (!moment.isAfterTheJob()) {
                controller.run(jenkins -> jenkins.waitForMessage("is RUNNING", build(jenkins, moment, build)));
            }
        }
        fixture.letTimePass(JOB_DELAY);
        for (Moment moment : Moment.values()) {
            assertEquals(
                    account(moment).certificate(certificates.get(moment)).serialNumber(),
                    controller.call(jenkins -> serialNumberDelivered(jenkins, moment, build)));
            assertEquals(1, account(moment).orders(moment.certificateName()), moment.name());
        }
        assertEquals(new TreeMap<>(), controller.call(jenkins -> openOrders()));
    }

    private SandboxAccount account(Moment moment) {
        return fixture.sandbox.account(moment.user(), CONTEXTS.get(moment.user()));
    }

    private static TreeMap<String, Stage> stagesReached() {
        TreeMap<String, Stage> stages = new TreeMap<>();
        for (Moment moment : Moment.values()) {
            if (moment.stage != null) {
                stages.put(moment.certificateName(), moment.stage);
            }
        }
        return stages;
    }

    // From here on in the process of Jenkins.

    private static void setUp(Protocol protocol, String url) throws Exception {
        patientAndUnpaced();
        List<SslManagerAccount> accounts = new ArrayList<>();
        for (String user : CONTEXTS.keySet()) {
            SandboxFixture.addCredentials(user, user, CredentialsScope.SYSTEM, SandboxFixture.PASSWORD);
            accounts.add(SandboxFixture.account(user, protocol, url, CONTEXTS.get(user), user));
        }
        SandboxFixture.addSecretText("password", "of the key stores");
        SslManagerConfiguration.get().setAccounts(accounts);
        ExtensionList.lookup(CredentialsProvider.class).add(new HeldBeforeDelivery());
        ExtensionList.lookup(CertificateListener.class).add(new HeldAfterDelivery());
    }

    /** What is held must not time out before all is. The plugin has a class loader of its own here, hence by reflection. */
    private static void patientAndUnpaced() throws ReflectiveOperationException {
        TransportLimits standard = TransportLimits.STANDARD;
        Field limits = Connections.class.getDeclaredField("limits");
        limits.setAccessible(true);
        limits.set(
                null,
                new TransportLimits(
                        standard.connectTimeout(),
                        Duration.ofHours(1),
                        standard.maxAnswerBytes(),
                        standard.attempts(),
                        standard.firstPause(),
                        standard.maxPause(),
                        1_000));
    }

    private static void createJob(JenkinsRule jenkins, Moment moment, long certificate, FlowDurabilityHint durability)
            throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, moment.name());
        job.addProperty(new DurabilityHintJobProperty(durability));
        job.setDefinition(new CpsFlowDefinition(
                ("sslRotateCertificate account: '%s', certificates: %d, due: '99%%', keyAlgorithm: 'EC_P256',"
                                + " storeAs: '%s', passwordCredentialsId: 'password'")
                        .formatted(moment.user(), certificate, moment.name()),
                true));
    }

    private static void build(JenkinsRule jenkins, Moment moment) throws Exception {
        job(jenkins, moment).scheduleBuild2(0).waitForStart();
    }

    private static WorkflowJob job(JenkinsRule jenkins, Moment moment) {
        return jenkins.jenkins.getItemByFullName(moment.name(), WorkflowJob.class);
    }

    private static WorkflowRun build(JenkinsRule jenkins, Moment moment, int number) {
        return job(jenkins, moment).getBuildByNumber(number);
    }

    private static TreeMap<String, Stage> openOrders() {
        TreeMap<String, Stage> stages = new TreeMap<>();
        for (Order order : Orders.get().book().openOrders()) {
            stages.put(order.certificateName(), order.stage());
        }
        return stages;
    }

    private static void assertNoKeyIsInClear(JenkinsRule jenkins) throws Exception {
        for (Order order : Orders.get().book().openOrders()) {
            SecretLeaks.assertNoneOfKeyAnywhere(
                    jenkins, Pem.encode(Orders.get().book().key(order)));
        }
    }

    private static String serialNumberDelivered(JenkinsRule jenkins, Moment moment, int number) throws Exception {
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins, moment, number)));
        KeyStores.Entry entry = StoredCertificates.entry(moment.name());
        KeyStores.requirePair(entry.key(), entry.leaf());
        return Certificates.serialNumber(entry.leaf());
    }

    private static void hold(Moment moment) {
        HELD.get(moment).countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The password of the key store is looked up before anything is delivered. */
    private static final class HeldBeforeDelivery extends CredentialsProvider {

        @NonNull
        @Override
        public <C extends Credentials> List<C> getCredentialsInItem(
                @NonNull Class<C> type,
                @NonNull Item item,
                @Nullable Authentication authentication,
                @NonNull List<DomainRequirement> domainRequirements) {
            if (item.getName().equals(Moment.ISSUED.name())
                    && openOrders().get(Moment.ISSUED.certificateName()) == Stage.ISSUED) {
                hold(Moment.ISSUED);
            }
            return List.of();
        }

        @NonNull
        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                @NonNull Class<C> type,
                @Nullable ItemGroup group,
                @Nullable Authentication authentication,
                @NonNull List<DomainRequirement> domainRequirements) {
            return List.of();
        }
    }

    private static final class HeldAfterDelivery extends CertificateListener {

        @Override
        public void onOutcome(Run<?, ?> build, CertificateOutcome outcome) {
            if (outcome.getKind() == CertificateOutcome.Kind.REISSUED
                    && build.getParent().getName().equals(Moment.DELIVERED.name())) {
                hold(Moment.DELIVERED);
            }
        }
    }
}
