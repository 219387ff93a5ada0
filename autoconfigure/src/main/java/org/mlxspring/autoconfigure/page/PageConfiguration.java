package org.mlxspring.autoconfigure.page;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The page and its files. */
@Configuration(proxyBeanMethods = false)
@Import(PageController.class)
public class PageConfiguration {

    @Bean
    static PageFiles mlxPageFiles() {
        return new PageFiles();
    }
}
