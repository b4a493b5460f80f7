package io.jenkins.plugins.sslmanager.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricSet;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.sslmanager.certificates.CertificateCounts;
import io.jenkins.plugins.sslmanager.certificates.CertificateState;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jenkins.metrics.api.MetricProvider;

/** Certificates by state, the nearest end, open orders and the age of the oldest: figures alone, no names. */
@Extension(optional = true)
public final class SslManagerMetrics extends MetricProvider {

    private static final String PREFIX = "ssl-manager.";

    @NonNull
    @Override
    public MetricSet getMetricSet() {
        Map<String, Metric> all = new TreeMap<>();
        for (CertificateState state : CertificateState.values()) {
            all.put(
                    PREFIX + "certificates."
                            + state.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    (Gauge<Long>) () -> CertificateCounts.inState(state));
        }
        all.put(PREFIX + "certificates.days-left-of-the-nearest", (Gauge<Long>)
                CertificateCounts::daysLeftOfTheNearest);
        all.put(PREFIX + "orders.open", (Gauge<Integer>)
                () -> Orders.get().book().openOrders().size());
        all.put(PREFIX + "orders.seconds-since-the-oldest", (Gauge<Long>) SslManagerMetrics::secondsSinceTheOldest);
        return () -> all;
    }

    private static long secondsSinceTheOldest() {
        Instant now = Instant.now();
        return Orders.get().book().openOrders().stream()
                .map(Order::created)
                .min(Comparator.naturalOrder())
                .map(oldest -> Duration.between(oldest, now).toSeconds())
                .orElse(0L);
    }
}
