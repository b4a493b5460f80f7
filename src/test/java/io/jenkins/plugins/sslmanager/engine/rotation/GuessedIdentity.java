package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.security.KeyPair;
import java.util.function.Supplier;

/** Ways to take somebody else's job for an order's, to be planted. */
public enum GuessedIdentity {
    /** It is not guessed. */
    NOT {
        @Override
        JobIdentity identity() {
            return JobIdentity.BY_KEY_OR_CTID;
        }
    },
    /** A job that was created since the order was made. */
    BY_TIME {
        @Override
        JobIdentity identity() {
            return (order, job) -> job.job().created() != null
                            && !job.job().created().toInstant().isBefore(order.created())
                    ? verdict(job)
                    : JobIdentity.Verdict.NOT_OURS;
        }
    },
    /** Any job about a certificate of that name. */
    BY_NAME {
        @Override
        JobIdentity identity() {
            return (order, job) -> named(order, job) ? verdict(job) : JobIdentity.Verdict.NOT_OURS;
        }
    };

    abstract JobIdentity identity();

    private static boolean named(Order order, ObjectJob job) {
        return job.object() != null
                && order.certificateName().equals(job.object().value());
    }

    private static JobIdentity.Verdict verdict(ObjectJob job) {
        return JobStatus.FAILED.equals(job.job().status()) ? JobIdentity.Verdict.OURS_FAILED : JobIdentity.Verdict.OURS;
    }

    /**
     * A rotation that identifies the jobs of its orders so.
     *
     * @param keys gives a key for each order; to make one takes longer than all else in a simulation
     */
    public Rotation rotation(
            RotationContext context,
            RotationSettings settings,
            RotationPort port,
            CertificateId certificate,
            Supplier<KeyPair> keys) {
        return new Rotation(context, settings, port, certificate, identity(), algorithm -> keys.get());
    }
}
