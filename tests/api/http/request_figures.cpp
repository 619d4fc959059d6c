/// \file
/// Figures of requests, by the names that dashboards know.

#include <berth/api/http/request_figures.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using api::http::request_figures;
using api::http::request_labels;

namespace {

auto text_of(request_figures const& f) -> std::string {
    auto out = exposition();
    f.append(out);
    return std::move(out).text();
}

auto has(std::string const& text, std::string const& line) -> bool {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

auto const listing = request_labels{"apps", "v1", "deployments", "", "namespace", "LIST", false};
constexpr auto labels = R"(component="apiserver",dry_run="",group="apps",resource="deployments",)"
                        R"(scope="namespace",subresource="",verb="LIST",version="v1"})";

} // namespace

TEST_CASE("requests are counted by status, and their times by how long they took at most") {
    auto f = request_figures();
    f.answered(listing, 200, milliseconds(4));
    f.answered(listing, 200, milliseconds(30));
    f.answered(listing, 410, seconds(70));
    auto const text = text_of(f);
    CHECK(has(text, std::string(R"(apiserver_request_total{code="200",)") + labels + " 2"));
    CHECK(has(text, std::string(R"(apiserver_request_total{code="410",)") + labels + " 1"));
    auto const bucket = [&](char const* end, char const* count) {
        return has(text, "apiserver_request_duration_seconds_bucket{le=\"" + std::string(end) + "\"," +
                             labels + " " + count);
    };
    CHECK(bucket("0.005", "1"));
    CHECK(bucket("0.025", "1"));
    CHECK(bucket("0.05", "2"));
    CHECK(bucket("60", "2"));
    CHECK(bucket("+Inf", "3"));
    CHECK(has(text, std::string("apiserver_request_duration_seconds_count{") + labels + " 3"));
    CHECK(has(text, std::string("apiserver_request_duration_seconds_sum{") + labels + " 70.034"));
}

TEST_CASE("what is under way is counted while it is") {
    auto f = request_figures();
    auto const inflight = [&](char const* kind, char const* n) {
        return has(text_of(f),
                   std::string("apiserver_current_inflight_requests{request_kind=\"") + kind + "\"} " + n);
    };
    {
        auto const reading = f.begin(false);
        auto const writing = f.begin(true);
        auto const another = f.begin(true);
        CHECK(inflight("readOnly", "1"));
        CHECK(inflight("mutating", "2"));
    }
    CHECK(inflight("readOnly", "0"));
    CHECK(inflight("mutating", "0"));
}

TEST_CASE("streams are counted until they end") {
    auto f = request_figures();
    auto watching = listing;
    watching.verb = "WATCH";
    auto const open = [&](char const* n) {
        auto line = std::string("apiserver_longrunning_requests{") + labels + " " + n;
        line.replace(line.find("LIST"), 4, "WATCH");
        return has(text_of(f), line);
    };
    auto first = f.streaming(watching);
    auto const second = f.streaming(watching);
    CHECK(open("2"));
    first.reset();
    CHECK(open("1"));
}
