package io.jenkins.plugins.sslmanager.engine.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Of one kind, in no certain order. */
final class Latencies {

    private final List<Duration> all = new ArrayList<>();

    void add(Duration latency) {
        all.add(latency);
    }

    /** @param share 0.5 for the median, 1 for the longest */
    double millis(double share) {
        Collections.sort(all);
        return all.get((int) Math.ceil(share * all.size()) - 1).toNanos() / 1e6;
    }
}
