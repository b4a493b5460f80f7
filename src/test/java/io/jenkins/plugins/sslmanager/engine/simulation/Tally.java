package io.jenkins.plugins.sslmanager.engine.simulation;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** What happened in a number of schedules, counted. Several threads may count. */
final class Tally {

    private final ConcurrentMap<Fault, LongAdder> faults = new ConcurrentHashMap<>();
    private final ConcurrentMap<CrashPoint, LongAdder> crashes = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> events = new ConcurrentHashMap<>();

    void count(Fault fault) {
        increment(faults, fault);
    }

    void count(CrashPoint point) {
        increment(crashes, point);
    }

    void count(String event) {
        increment(events, event);
    }

    private static <K> void increment(ConcurrentMap<K, LongAdder> counts, K key) {
        counts.computeIfAbsent(key, first -> new LongAdder()).increment();
    }

    Map<Fault, LongAdder> faults() {
        return new TreeMap<>(faults);
    }

    Map<CrashPoint, LongAdder> crashes() {
        return new TreeMap<>(crashes);
    }

    /** By their names. */
    Map<String, LongAdder> events() {
        return new TreeMap<>(events);
    }
}
