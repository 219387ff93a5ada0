package org.mlxspring.autoconfigure.web;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Wires the JSON and the problems of our API. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
public class WebConfiguration {

    @Bean
    ProblemAdvice mlxProblemAdvice() {
        return new ProblemAdvice();
    }

    @Bean
    UnansweredRequests mlxUnansweredRequests() {
        return new UnansweredRequests();
    }

    @Bean
    WebMvcConfigurer mlxJsonConfigurer() {
        return new WebMvcConfigurer() {
            @Override
            public void configureMessageConverters(ServerBuilder builder) {
                builder.addCustomConverter(new OwnJson());
            }
        };
    }
}
