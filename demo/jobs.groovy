// The demo jobs of bin/run, made anew at each start.
import hudson.model.BooleanParameterDefinition
import hudson.model.ChoiceParameterDefinition
import hudson.model.FreeStyleProject
import hudson.model.ParametersDefinitionProperty
import hudson.model.StringParameterDefinition
import io.jenkins.plugins.sslmanager.freestyle.AwaitNotificationBuilder
import io.jenkins.plugins.sslmanager.freestyle.CertificateInfoBuilder
import io.jenkins.plugins.sslmanager.freestyle.GenerateCsrBuilder
import io.jenkins.plugins.sslmanager.freestyle.ReissueBuilder
import io.jenkins.plugins.sslmanager.steps.AwaitNotificationStep
import io.jenkins.plugins.sslmanager.steps.CertificateInfoStep
import io.jenkins.plugins.sslmanager.steps.GenerateCsrStep
import io.jenkins.plugins.sslmanager.steps.ReissueStep
import jenkins.model.Jenkins
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def certificates = [
    'reissue'            : ['1001 ordinary.example.com', '1008 new-id.example.com', '1009 no-notification.example.com'],
    'reissue-that-waits' : ['1005 job-deferred.example.com', '1006 job-slow.example.com', '1004 job-support.example.com'],
    'reissue-that-fails' : ['1002 job-failed.example.com', '1010 wrong-key.example.com', '1013 broken-chain.example.com'],
]
certificates.each { name, choices ->
    def job = Jenkins.get().getItem(name) ?: Jenkins.get().createProject(WorkflowJob, name)
    job.definition = new CpsFlowDefinition(new File(System.getenv('SSL_MANAGER_DEMO'), 'reissue.Jenkinsfile').text, true)
    job.removeProperty(ParametersDefinitionProperty)
    job.addProperty(new ParametersDefinitionProperty(
        new ChoiceParameterDefinition('CERTIFICATE', choices as String[], 'A certificate of the sandbox, named by what happens to it.')))
}

def rotate = Jenkins.get().getItem('rotate') ?: Jenkins.get().createProject(WorkflowJob, 'rotate')
rotate.definition = new CpsFlowDefinition(new File(System.getenv('SSL_MANAGER_DEMO'), 'rotate.Jenkinsfile').text, true)
rotate.removeProperty(ParametersDefinitionProperty)
rotate.addProperty(new ParametersDefinitionProperty(
    new StringParameterDefinition('CERTIFICATES', '1001, 1008, 1009', 'Certificates of the sandbox, 1001 to 1019.'),
    new BooleanParameterDefinition('FORCE', true, 'Force re-issue')))

// What is left out is taken from the parameter, or from the step before.
def freestyle = Jenkins.get().getItem('reissue-freestyle') ?: Jenkins.get().createProject(FreeStyleProject, 'reissue-freestyle')
freestyle.removeProperty(ParametersDefinitionProperty)
freestyle.addProperty(new ParametersDefinitionProperty(
    new StringParameterDefinition('SSL_CERTIFICATE_ID', '1001', 'A certificate of the sandbox, 1001 to 1019.')))
freestyle.buildersList.replaceBy([
    new GenerateCsrBuilder(new GenerateCsrStep()),
    new ReissueBuilder(new ReissueStep('')),
    new AwaitNotificationBuilder(new AwaitNotificationStep(0)),
    new CertificateInfoBuilder(new CertificateInfoStep('')),
])
