package io.jenkins.plugins.sslmanager.account.grants;

import hudson.model.Item;
import hudson.model.ItemGroup;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;

/**
 * The job that wants to use an account. Who started its build makes no difference, nor do the build's parameters.
 *
 * @param job the full name
 * @param changeRequest whether a multibranch project has made it for a change request
 */
public record Applicant(String job, boolean changeRequest) {

    public static Applicant of(Item item) {
        return new Applicant(item.getFullName(), isOfChangeRequest(item));
    }

    private static boolean isOfChangeRequest(Item item) {
        for (Item each = item; each != null; each = parent(each)) {
            if (SCMHead.HeadByItem.findHead(each) instanceof ChangeRequestSCMHead) {
                return true;
            }
        }
        return false;
    }

    private static Item parent(Item item) {
        ItemGroup<?> parent = item.getParent();
        return parent instanceof Item ? (Item) parent : null;
    }
}
