/// \file
/// The REST API over real sockets: what a client sees of creating, reading, watching and deleting.

#include "port.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace harbour;

TEST_CASE("what is posted can be read back") {
    auto const here = port();
    auto c = here.connect();
    auto const made = c.call("POST", boats, boat_text("ketch", 2));
    REQUIRE(made.status == 201);
    CHECK(made.type == "application/json");
    auto const read = c.call("GET", std::string(boats) + "/ketch");
    CHECK(read.status == 200);
    CHECK(read.body == made.body);
    CHECK(read.json().at_pointer("/spec/sails").as_int64() == 2);
    CHECK(read.json().at_pointer("/metadata/resourceVersion").as_string() == "2");
    CHECK(read.json().at_pointer("/metadata/generation").as_int64() == 1);
}

TEST_CASE("a list names its kind once and its revision") {
    auto const here = port();
    auto c = here.connect();
    c.call("POST", boats, boat_text("a"));
    c.call("POST", boats, boat_text("b"));
    auto const list = c.call("GET", boats).json();
    CHECK(list.at("kind").as_string() == "BoatList");
    CHECK(list.at("apiVersion").as_string() == "harbour.io/v1");
    CHECK(list.at_pointer("/metadata/resourceVersion").as_string() == "3");
    CHECK(list.at("items").as_array().size() == 2);
    CHECK_FALSE(list.at_pointer("/items/0").as_object().contains("kind"));
}

TEST_CASE("pages of a list go on where the last one ended") {
    auto const here = port();
    auto c = here.connect();
    for (auto const* name : {"a", "b", "c"}) c.call("POST", boats, boat_text(name));
    auto const first = c.call("GET", std::string(boats) + "?limit=2").json();
    CHECK(first.at_pointer("/metadata/remainingItemCount").as_int64() == 1);
    auto const token = std::string(first.at_pointer("/metadata/continue").as_string());
    auto const second = c.call("GET", std::string(boats) + "?limit=2&continue=" + token).json();
    CHECK(second.at_pointer("/items/0/metadata/name").as_string() == "c");
}

TEST_CASE("refusals are Status objects") {
    auto const here = port();
    auto c = here.connect();
    auto const absent = c.call("GET", std::string(boats) + "/none");
    CHECK(absent.status == 404);
    CHECK(absent.json().at("reason").as_string() == "NotFound");
    CHECK(absent.message() == "boats.harbour.io \"none\" not found");
    c.call("POST", boats, boat_text("a"));
    CHECK(c.call("POST", boats, boat_text("a")).status == 409);
    auto const invalid = c.call("POST", boats, boat_text("b", -1));
    CHECK(invalid.status == 422);
    CHECK(invalid.json().at_pointer("/details/causes/0/field").as_string() == "spec.sails");
    CHECK(c.call("POST", boats, "{").status == 400);
    CHECK(c.call("GET", "/apis/harbour.io/v1/nopes").status == 404);
    CHECK(c.call("GET", "/nope").body == "404 page not found\n");
    CHECK(c.call("PUT", boats, "{}").status == 405);
    CHECK(c.call("BREW", boats).status == 405);
}

TEST_CASE("unknown members are warned of, refused or ignored as asked") {
    auto const here = port();
    auto c = here.connect();
    auto const body = R"({"metadata":{"name":"a"},"spec":{"sailz":1}})";
    auto const target = std::string(boats) + "?dryRun=All";
    CHECK(c.call("POST", target, body).warning == R"(299 - "unknown field \"spec.sailz\"")");
    CHECK(c.call("POST", target + "&fieldValidation=Ignore", body).warning.empty());
    auto const refused = c.call("POST", target + "&fieldValidation=Strict", body);
    CHECK(refused.status == 400);
    CHECK(refused.message() == "Boat in version \"v1\" cannot be handled as a Boat: strict decoding error: "
                               "unknown field \"spec.sailz\"");
    CHECK(c.call("GET", boats).json().at("items").as_array().empty());
}

TEST_CASE("patches, scales and statuses are written through their paths") {
    auto const here = port();
    auto c = here.connect();
    c.call("POST", boats, boat_text("a"));
    auto const at = std::string(boats) + "/a";
    auto const merge = "application/merge-patch+json";
    CHECK(c.call("PATCH", at, R"({"spec":{"sails":3}})", merge).json().at_pointer("/spec/sails").as_int64() ==
          3);
    auto const scaled = c.call("PATCH", at + "/scale", R"({"spec":{"replicas":5}})", merge);
    CHECK(scaled.json().at("kind").as_string() == "Scale");
    CHECK(c.call("GET", at + "/scale").json().at_pointer("/spec/replicas").as_int64() == 5);
    auto const status =
        c.call("PATCH", at + "/status", R"({"status":{"setSails":4},"spec":{"sails":9}})", merge);
    CHECK(status.json().at_pointer("/status/setSails").as_int64() == 4);
    CHECK(status.json().at_pointer("/spec/sails").as_int64() == 5);
    CHECK(c.call("PATCH", at, "{}", "application/apply-patch+yaml").status == 422);
    CHECK(c.call("PATCH", at, "{}", "text/plain").status == 415);
}

TEST_CASE("a deletion answers a success without a code") {
    auto const here = port();
    auto c = here.connect();
    c.call("POST", boats, boat_text("a"));
    auto const gone = c.call("DELETE", std::string(boats) + "/a");
    CHECK(gone.status == 200);
    CHECK(gone.json().at("status").as_string() == "Success");
    CHECK(gone.json().at_pointer("/details/kind").as_string() == "boats");
    CHECK_FALSE(gone.json().as_object().contains("code"));
    CHECK(c.call("DELETE", std::string(boats) + "/a").status == 404);
}

TEST_CASE("a watch tells what happens, in order, and ends when its time is over") {
    auto const here = port();
    auto writer = here.connect();
    writer.call("POST", boats, boat_text("before"));
    auto w = here.connect();
    w.watch(std::string(boats) + "?watch=true&resourceVersion=2&timeoutSeconds=1");
    writer.call("POST", boats, boat_text("a"));
    writer.call("PATCH", std::string(boats) + "/a", R"({"spec":{"sails":3}})",
                "application/merge-patch+json");
    writer.call("DELETE", std::string(boats) + "/a");
    for (auto const* type : {"ADDED", "MODIFIED", "DELETED"}) {
        auto const event = boost::json::parse(w.line());
        CHECK(event.at("type").as_string() == type);
        CHECK(event.at_pointer("/object/metadata/name").as_string() == "a");
    }
    CHECK(w.line().empty());
}

TEST_CASE("a streaming list ends with an annotated bookmark") {
    auto const here = port();
    auto c = here.connect();
    c.call("POST", boats, boat_text("a"));
    auto w = here.connect();
    w.watch(std::string(boats) + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                                 "&allowWatchBookmarks=true&timeoutSeconds=1");
    CHECK(boost::json::parse(w.line()).at("type").as_string() == "ADDED");
    auto const mark = boost::json::parse(w.line());
    CHECK(mark.at("type").as_string() == "BOOKMARK");
    CHECK(mark.at_pointer("/object/kind").as_string() == "Boat");
    CHECK(mark.at_pointer("/object/metadata/annotations/k8s.io~1initial-events-end").as_string() == "true");
    auto const last = boost::json::parse(w.line());
    CHECK(last.at("type").as_string() == "BOOKMARK");
    CHECK_FALSE(last.at_pointer("/object/metadata").as_object().contains("annotations"));
    CHECK(w.line().empty());
}

TEST_CASE("a watch on tables names its columns once") {
    auto const here = port();
    auto w = here.connect();
    w.watch("/apis/harbour.io/v1/watch/namespaces/bay/boats?timeoutSeconds=1",
            "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
    auto writer = here.connect();
    writer.call("POST", boats, boat_text("a", 2));
    writer.call("POST", boats, boat_text("b", 2));
    auto const first = boost::json::parse(w.line());
    CHECK(first.at_pointer("/object/kind").as_string() == "Table");
    CHECK(first.at_pointer("/object/columnDefinitions").as_array().size() == 3);
    CHECK(first.at_pointer("/object/rows/0/cells/1").as_int64() == 2);
    CHECK(boost::json::parse(w.line()).at_pointer("/object/columnDefinitions").is_null());
}

TEST_CASE("a watch that begins before the history says so and ends") {
    auto here = port();
    auto c = here.connect();
    for (auto const* name : {"a", "b", "c"}) c.call("POST", boats, boat_text(name));
    REQUIRE(here.inside.objects.compact(4));
    auto w = here.connect();
    w.watch(std::string(boats) + "?watch=true&resourceVersion=2");
    auto const event = boost::json::parse(w.line());
    CHECK(event.at("type").as_string() == "ERROR");
    CHECK(event.at_pointer("/object/reason").as_string() == "Expired");
    CHECK(event.at_pointer("/object/code").as_int64() == 410);
    CHECK(w.line().empty());
}

TEST_CASE("logs are read where they come from, and followed until they end") {
    auto options = http::server_options{};
    auto parts = std::make_shared<int>(0);
    options.service.logs = [parts](http::log_request const& r) -> berth::result<http::log_part> {
        if (r.container == "bad") return berth::fail(berth::error_code::bad_request, "waiting to start");
        auto const n = ++*parts;
        return http::log_part{"line " + std::to_string(n) + "\n", r.offset + 7, n >= 3};
    };
    auto const here = port(std::move(options));
    auto c = here.connect();
    auto const at = std::string(boats) + "/x";
    auto const body =
        R"({"metadata":{"name":"x"},"spec":{"nodeName":"n1","containers":[{"name":"main"},{"name":"bad"}]}})";
    REQUIRE(c.call("POST", boats, body).status == 201);
    CHECK(c.call("GET", at + "/log?container=main").body == "line 1\n");
    CHECK(c.call("GET", at + "/log?container=bad").message() == "waiting to start");
    CHECK(c.call("GET", at + "/log").status == 400);
    CHECK(c.call("GET", std::string(boats) + "/none/log").status == 404);
    auto f = here.connect();
    f.watch(at + "/log?container=main&follow=true");
    CHECK(f.line() == "line 2");
    CHECK(f.line() == "line 3");
}

TEST_CASE("a pod that runs nowhere has an empty log") {
    auto const here = port();
    auto c = here.connect();
    c.call("POST", boats, R"({"metadata":{"name":"x"},"spec":{"containers":[{"name":"main"}]}})");
    auto const empty = c.call("GET", std::string(boats) + "/x/log");
    CHECK(empty.status == 200);
    CHECK(empty.body.empty());
}

TEST_CASE("metrics tell what was asked and how much is stored, by the names of kube-apiserver") {
    auto const here = port();
    auto c = here.connect();
    for (auto const* name : {"a", "b"})
        REQUIRE(c.call("POST", boats, R"({"metadata":{"name":")" + std::string(name) + R"("},"spec":{}})")
                    .status == 201);
    REQUIRE(c.call("GET", std::string(boats) + "/none").status == 404);
    auto const text = c.call("GET", "/metrics").body;
    for (auto const* line :
         {R"(apiserver_request_total{code="201",component="apiserver",dry_run="",group="harbour.io",)"
          R"(resource="boats",scope="namespace",subresource="",verb="POST",version="v1"} 2)",
          R"(apiserver_request_total{code="404",component="apiserver",dry_run="",group="harbour.io",)"
          R"(resource="boats",scope="resource",subresource="",verb="GET",version="v1"} 1)",
          R"(apiserver_storage_objects{resource="boats.harbour.io"} 2)",
          R"(apiserver_current_inflight_requests{request_kind="mutating"} 0)"})
        CHECK(text.find(line) != std::string::npos);
}
