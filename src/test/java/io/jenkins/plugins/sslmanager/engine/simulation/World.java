package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxAccount;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import java.time.Duration;

/** What all in one schedule share: time, chance, the service with its one queue, and who keeps the books. */
record World(
        VirtualTime time,
        Dice dice,
        Story story,
        Tally tally,
        Faults faults,
        SandboxCalls service,
        SandboxAccount account,
        Ledger ledger,
        ShownJobs shownJobs,
        ShownCertificates shownCertificates,
        Passwords passwords,
        Others others,
        Keys keys,
        Seams seams) {

    void after(Duration delay, Runnable what) {
        time.after(delay, what);
    }
}
