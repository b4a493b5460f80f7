/** The root of all failures that the engine foresees. What each of them carries is in the package that throws it. */
package io.jenkins.plugins.sslmanager.engine.failure;
