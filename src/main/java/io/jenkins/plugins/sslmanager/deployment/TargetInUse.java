package io.jenkins.plugins.sslmanager.deployment;

import hudson.model.Run;
import io.jenkins.plugins.sslmanager.certificates.Deployment;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * Whether another step works on a target, or has done so under the same name: the block of the second step would never run,
 * since the target counts as done.
 */
final class TargetInUse {

    /** What runs the same step again. */
    private static final Set<String> REPEATING = Set.of("retry", "waitUntil");

    private TargetInUse() {}

    /**
     * @param node of the step that is about to work on it
     * @throws IllegalArgumentException if another one does, or did in this build
     */
    static void requireFree(Deployment last, Run<?, ?> build, FlowNode node) throws IOException {
        if (last.build() != build.getNumber()) {
            Run<?, ?> other = build.getParent().getBuildByNumber(last.build());
            if (last.outcome() == Deployment.Outcome.BEGUN && other != null && other.isBuilding()) {
                throw new IllegalArgumentException(
                        "target: build #" + last.build() + " is deploying to '" + last.target()
                                + "' at this moment. Have the job build one after the other: disableConcurrentBuilds()");
            }
        } else if (!last.node().equals(node.getId()) && !isRepeated(last.node(), node)) {
            throw new IllegalArgumentException(
                    "target: '" + last.target() + "' is named twice in this build for the credential '"
                            + last.credentialsId() + "'. Give each place that a block brings it to a name of its own");
        }
    }

    /** Tells whether both are the same step of the script, as far as the innermost block around both tells. */
    private static boolean isRepeated(String earlier, FlowNode node) throws IOException {
        FlowExecution execution = node.getExecution();
        FlowNode before = execution.getNode(earlier);
        if (before == null) {
            return true;
        }
        List<String> around = before.getAllEnclosingIds();
        return node.getEnclosingBlocks().stream()
                .filter(block -> around.contains(block.getId()))
                .findFirst()
                .filter(TargetInUse::repeats)
                .isPresent();
    }

    private static boolean repeats(BlockStartNode block) {
        StepDescriptor step = block instanceof StepNode known ? known.getDescriptor() : null;
        return step != null && REPEATING.contains(step.getFunctionName());
    }
}
