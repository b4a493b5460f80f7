/**
 * What the forms of steps, build steps and the trigger have in common: drop-down lists, checks of fields, and the service's
 * numbers as people write them. A form itself lies with the class that it configures.
 */
package io.jenkins.plugins.sslmanager.forms;
