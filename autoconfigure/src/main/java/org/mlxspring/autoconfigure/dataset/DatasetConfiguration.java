package org.mlxspring.autoconfigure.dataset;

import jakarta.servlet.MultipartConfigElement;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the datasets and their controller. */
@Configuration(proxyBeanMethods = false)
public class DatasetConfiguration {

    @Bean
    Datasets mlxDatasets(MlxDatabase database) {
        return new Datasets(database);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    DatasetController mlxDatasetController(Datasets datasets) {
        return new DatasetController(datasets);
    }

    /** Where the dispatcher servlet has a path of its own, the application's limits of uploads apply. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    static class Uploads {

        @Bean
        @ConditionalOnBean(DispatcherServletRegistrationBean.class)
        ServletRegistrationBean<UploadServlet> mlxUploadServlet(
                DispatcherServletRegistrationBean dispatcher, DatasetProperties properties) {
            boolean atRoot = dispatcher.getPath().equals("/");
            long limit = properties.maxUpload().toBytes();
            ServletRegistrationBean<UploadServlet> upload =
                    new ServletRegistrationBean<>(new UploadServlet(dispatcher.getServletName()), UploadServlet.PATH);
            upload.setName("mlxUpload");
            upload.setMultipartConfig(new MultipartConfigElement("", limit, limit, 0));
            upload.setEnabled(atRoot);
            return upload;
        }
    }
}
