package io.jenkins.plugins.sslmanager.certificates;

/** How a target stands to the certificate as it is now. */
public enum DeploymentState {
    IN_USE,
    NOT_SERVED,
    FAILED,
    UNFINISHED,
    /** It has the one before the last re-issue. */
    EARLIER_ONE;

    static DeploymentState of(Deployment deployment, String serialNumberNow) {
        if (!deployment.latest().serialNumber().equals(serialNumberNow)) {
            return EARLIER_ONE;
        }
        return switch (deployment.outcome()) {
            case DEPLOYED -> IN_USE;
            case NOT_SERVED -> NOT_SERVED;
            case FAILED -> FAILED;
            case BEGUN -> UNFINISHED;
        };
    }

    public String getDisplayName() {
        return switch (this) {
            case IN_USE -> Messages.DeploymentState_inUse();
            case NOT_SERVED -> Messages.DeploymentState_notServed();
            case FAILED -> Messages.DeploymentState_failed();
            case UNFINISHED -> Messages.DeploymentState_unfinished();
            case EARLIER_ONE -> Messages.DeploymentState_earlierOne();
        };
    }
}
