package org.mlxspring.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** A service desk with tickets, and a model that learns every night how the desk answers them. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ServiceDeskApplication {

    /** Starts the application; its data is in {@code ./data}. */
    public static void main(String[] arguments) {
        SpringApplication.run(ServiceDeskApplication.class, arguments);
    }
}
