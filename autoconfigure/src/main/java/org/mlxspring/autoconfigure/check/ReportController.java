package org.mlxspring.autoconfigure.check;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.mlxspring.autoconfigure.web.UserName;
import org.springframework.data.domain.Sort;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/mlx/api/datasets/{name}/versions/{version}")
class ReportController {

    private final VersionReports reports;

    ReportController(VersionReports reports) {
        this.reports = reports;
    }

    @GetMapping("/report")
    VersionReport report(@PathVariable String name, @PathVariable int version) {
        return reports.report(name, version);
    }

    @GetMapping(path = "/report", params = "format=csv")
    void csv(@PathVariable String name, @PathVariable int version, HttpServletResponse response) throws IOException {
        VersionReport report = reports.report(name, version);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name + "-v" + version + "-findings.csv")
                        .build()
                        .toString());
        try (FindingsCsv csv = new FindingsCsv(report, response.getWriter())) {
            reports.eachFinding(name, version, csv::write);
        }
    }

    @GetMapping("/findings")
    PageView<CheckFinding> findings(
            @PathVariable String name,
            @PathVariable int version,
            @RequestParam(required = false) @Nullable CheckName check,
            @RequestParam(required = false) @Nullable Long row,
            PageQuery page) {
        return PageView.of(reports.findings(name, version, check, row, page.toPageable(Sort.unsorted())));
    }

    @PostMapping("/release")
    VersionReport release(
            @PathVariable String name,
            @PathVariable int version,
            @RequestBody ReleaseRequest request,
            @Nullable Principal user) {
        return reports.release(name, version, request.reason(), UserName.of(user));
    }
}
