package org.mlxspring.autoconfigure.security;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.pattern.PathPatternParser;

/** A host application in a class loader of its own, from whose class path Boot's security is missing. */
final class PlainHost implements AutoCloseable {
    private final URLClassLoader classes;
    private final AutoCloseable context;
    private final int port;

    private PlainHost(URLClassLoader classes, AutoCloseable context, int port) {
        this.classes = classes;
        this.context = context;
        this.port = port;
    }

    @Configuration(proxyBeanMethods = false)
    @Import(WebHost.class)
    static class WithoutUsers {}

    @Configuration(proxyBeanMethods = false)
    @Import(WebHost.class)
    static class WithUsers {
        @Bean
        UserDetailsService users() {
            return WebHost.users();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(WithUsers.class)
    static class MovingControllers implements WebMvcConfigurer {
        @Override
        public void configurePathMatch(PathMatchConfigurer paths) {
            PathPatternParser anyCase = new PathPatternParser();
            anyCase.setCaseSensitive(false);
            paths.setPatternParser(anyCase).addPathPrefix("/moved", type -> true);
        }
    }

    /** Runs inside the class loader; answers the context and, after it, the port. */
    public static Object[] run(String configuration, String[] arguments) throws ClassNotFoundException {
        // A JVM takes one handler factory, and each class loader has a Tomcat that would set its own.
        TomcatURLStreamHandlerFactory.disable();
        ConfigurableApplicationContext context = SpringApplication.run(Class.forName(configuration), arguments);
        Environment environment = context.getEnvironment();
        return new Object[] {context, environment.getRequiredProperty("local.server.port", Integer.class)};
    }

    static PlainHost start(Class<?> configuration, String... properties) throws Exception {
        URLClassLoader classes = new URLClassLoader(
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.contains("spring-boot-security")
                                && !entry.contains("spring-boot-starter-security"))
                        .map(PlainHost::url)
                        .toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader());
        String[] arguments = Stream.concat(WebHost.ANY_PORT.stream(), Arrays.stream(properties))
                .toArray(String[]::new);
        if (classes.getResource("org/springframework/boot/security/autoconfigure/") != null) {
            throw new IllegalStateException("Boot's security is still on the class path");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            var run = Class.forName(PlainHost.class.getName(), true, classes)
                    .getDeclaredMethod("run", String.class, String[].class);
            run.setAccessible(true);
            Object[] started = (Object[]) run.invoke(null, configuration.getName(), arguments);
            return new PlainHost(classes, (AutoCloseable) started[0], (int) started[1]);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws Exception {
        context.close();
        classes.close();
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
