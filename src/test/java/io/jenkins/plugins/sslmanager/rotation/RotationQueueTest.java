package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** How many certificates of one step are in work at a time. */
@WithJenkins
class RotationQueueTest {

    private final VirtualTime time = new VirtualTime();
    private final List<CompletableFuture<Void>> begun = new ArrayList<>();
    private CompletableFuture<Void> end;

    @BeforeEach
    void begin(JenkinsRule jenkins) {
        List<RotationProgress> all = LongStream.rangeClosed(1, 25)
                .mapToObj(number -> new RotationProgress(CertificateReference.to(number)))
                .toList();
        end = new RotationQueue(new CertificateSelection(List.of(), null, 25, 25), time, all, rotation -> {
                    CompletableFuture<Void> work = new CompletableFuture<>();
                    begun.add(work);
                    return work;
                })
                .run();
    }

    @Test
    void aLongListIsRunTenAtATime() {
        assertEquals(10, begun.size());

        begun.get(0).complete(null);
        assertEquals(11, begun.size());

        for (int next = 1; next < 25; next++) {
            begun.get(next).complete(null);
        }
        assertEquals(25, begun.size());
        end.join();
    }

    @Test
    void whatTakesLongKeepsTheOthersWaitingForAQuarterOfAnHour() {
        time.pass(Duration.ofMinutes(14));
        assertEquals(10, begun.size());

        time.pass(Duration.ofMinutes(2));
        assertEquals(20, begun.size());
    }
}
