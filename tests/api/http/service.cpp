/// \file
/// What requests mean, without sockets: the service is a function.

#include "../../fuzz/corpus.hpp"
#include "../../fuzz/requests.hpp"
#include "port.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace harbour;

namespace {

struct desk {
    world inside;
    http::service service{inside.desk, {}};

    auto ask(std::string_view method, std::string_view path, std::string_view parameters = {},
             std::string_view body = {}, std::string_view type = {}) -> http::answer {
        return service({method, path, http::query(parameters), {}, type, body});
    }
    auto text(std::string_view method, std::string_view path, std::string_view parameters = {},
              std::string_view body = {}, std::string_view type = {}) -> http::response {
        return std::get<http::response>(ask(method, path, parameters, body, type));
    }
};

auto pull(http::stream& s, std::uint64_t elapsed, std::string& out) -> http::stream_state {
    out.clear();
    return s.pull(out, 1U << 16U, elapsed);
}

} // namespace

TEST_CASE("a collection is deleted by what selects it") {
    auto here = desk();
    for (auto const* name : {"a", "b", "c"}) here.text("POST", boats, {}, boat_text(name));
    auto const gone = here.text("DELETE", boats, "fieldSelector=metadata.name%21%3Db");
    CHECK(gone.status == 200);
    CHECK(boost::json::parse(gone.text).at("items").as_array().size() == 2);
    CHECK(boost::json::parse(here.text("GET", boats).text).at("items").as_array().size() == 1);
}

TEST_CASE("whoever asks for a kind of old times is told, whatever the answer") {
    auto here = desk();
    auto const told = [&](std::string_view path) {
        auto out = std::string();
        for (auto const& [name, value] : here.text("GET", path).headers)
            if (name == "Warning") out += value;
        return out;
    };
    CHECK(told("/api/v1/namespaces/bay/crews") == "299 - \"v1 Crew is deprecated\"");
    CHECK(told("/api/v1/namespaces/bay/crews/nobody") == "299 - \"v1 Crew is deprecated\"");
    CHECK(told(boats).empty());
}

TEST_CASE("a watch tells how far it has come once a minute, and at its end") {
    auto here = desk();
    auto answer =
        here.ask("GET", boats, "watch=true&resourceVersion=1&allowWatchBookmarks=true&timeoutSeconds=100");
    auto& s = std::get<http::stream>(answer);
    auto out = std::string();
    CHECK(pull(s, 0, out).pull_again_at == 60'000);
    CHECK(out.empty());
    CHECK(pull(s, 59'999, out).pull_again_at == 60'000);
    CHECK(out.empty());
    CHECK(pull(s, 60'000, out).pull_again_at == 100'000);
    CHECK(boost::json::parse(out).at("type").as_string() == "BOOKMARK");
    CHECK(pull(s, 100'000, out).finished);
    CHECK(boost::json::parse(out).at("type").as_string() == "BOOKMARK");
}

TEST_CASE("a watch of a kind that is served no more, or otherwise, is over") {
    auto here = desk();
    auto answer = here.ask("GET", boats, "watch=true&resourceVersion=1");
    auto& s = std::get<http::stream>(answer);
    auto out = std::string();
    CHECK_FALSE(pull(s, 0, out).finished);
    here.inside.desk.kinds().change([](api::registry&) {}); // the same kinds, once more
    CHECK_FALSE(pull(s, 1, out).finished);
    here.inside.desk.kinds().replace({});
    CHECK(pull(s, 2, out).finished);
}

TEST_CASE("a watch without a time lasts between half an hour and an hour") {
    auto here = desk();
    for (auto i = 0; i < 20; ++i) {
        auto answer = here.ask("GET", boats, "watch=true&resourceVersion=1");
        auto out = std::string();
        auto const at = pull(std::get<http::stream>(answer), 0, out).pull_again_at;
        CHECK(at >= 1'800'000);
        CHECK(at < 3'600'000);
    }
}

TEST_CASE("a stream gives no more at once than it is asked for") {
    auto here = desk();
    for (auto i = 0; i < 20; ++i) here.text("POST", boats, {}, boat_text("b" + std::to_string(i)));
    auto answer = here.ask("GET", boats, "watch=true");
    auto& s = std::get<http::stream>(answer);
    auto out = std::string();
    auto pulls = 0;
    for (auto more = true; more; ++pulls) {
        auto part = std::string();
        s.pull(part, 1000, 0);
        CHECK(part.size() < 2000);
        more = !part.empty();
        out += part;
    }
    CHECK(std::count(out.begin(), out.end(), '\n') == 20);
    CHECK(pulls > 3);
}

TEST_CASE("options that cannot be a watch's are refused before it begins") {
    auto here = desk();
    CHECK(here.text("GET", boats, "watch=true&sendInitialEvents=true").status == 422);
    CHECK(here.text("GET", boats, "watch=true&resourceVersion=x").status == 400);
    CHECK(here.text("GET", boats, "watch=true&labelSelector=a%20b").status == 400);
}

TEST_CASE("a body in a format that nobody reads is refused before anything else") {
    auto here = desk();
    CHECK(here.text("POST", boats, {}, boat_text("a"), "application/cbor").status == 415);
    CHECK(here.text("POST", boats, {}, "a: b", "application/yaml").status == 415);
    CHECK(here.text("POST", boats, {}, "not protobuf", "application/vnd.kubernetes.protobuf").status == 400);
    CHECK(here.text("PATCH", std::string(boats) + "/a", {}, "{}", "application/json").status == 415);
}

TEST_CASE("no request makes the service fail") {
    auto here = desk();
    here.text("POST", boats, {}, boat_text("a"));
    auto const at = std::string(boats) + "/a";
    for (auto const* method : {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", ""})
        for (auto const& path :
             {std::string(boats), at, at + "/scale", at + "/status", at + "/log", at + "/nope",
              std::string("/api/v1/"), std::string("/api/v1/watch"), std::string("/apis//v1/x"),
              std::string("/api/v1/namespaces//crews"), std::string("%"), std::string("")})
            for (auto const* body :
                 {"", "{", "null", "[]", "5", "{\"metadata\":{\"name\":\"a\"}}", "{\"metadata\":5}"})
                for (auto const* type :
                     {"", "application/json", "application/merge-patch+json", "application/json-patch+json",
                      "application/strategic-merge-patch+json"}) {
                    auto const answer = here.ask(method, path, "dryRun=All", body, type);
                    auto const* const r = std::get_if<http::response>(&answer);
                    INFO(method << " " << path << " " << body << " " << type);
                    CHECK((r == nullptr || r->status < 500));
                }
}

TEST_CASE("the namespace and the name of a request are those of its object") {
    auto here = desk();
    CHECK(here.text("POST", boats, {}, R"({"metadata":{"name":"red"}})").status == 201);
    CHECK(here.text("POST", boats, {}, R"({"metadata":{"name":"x","namespace":"sea"}})").status == 400);
    auto const at = std::string(boats) + "/red";
    CHECK(here.text("PUT", at, {}, R"({"metadata":{"name":"blue"}})").status == 400);
    CHECK(here.text("PUT", at, {}, R"({"metadata":{"name":"red"}})").status == 200);
}

TEST_CASE("what is doubtful in a body is refused, told or passed over, as asked") {
    auto here = desk();
    auto const body =
        std::string_view(R"({"metadata":{"name":"x"},"spec":{"sails":1,"sale":"b","sails":2}})");
    auto const refused = here.text("POST", boats, "fieldValidation=Strict", body);
    CHECK(refused.status == 400);
    CHECK(boost::json::parse(refused.text).at("message").as_string() ==
          "Boat in version \"v1\" cannot be handled as a Boat: strict decoding error: "
          "duplicate field \"spec.sails\", unknown field \"spec.sale\"");
    CHECK(here.text("POST", boats, "dryRun=All&fieldValidation=Warn", body).headers.size() == 2);
    CHECK(here.text("POST", boats, "dryRun=All&fieldValidation=Ignore", body).headers.empty());
    auto const wrong = here.text("POST", boats, "fieldValidation=Warn",
                                 R"({"metadata":{"name":"x"},"spec":{"sails":-1,"sale":"b"}})");
    CHECK(wrong.status == 422);
    REQUIRE(wrong.headers.size() == 1);
    CHECK(wrong.headers[0].second == R"(299 - "unknown field \"spec.sale\"")");
    auto const elsewhere = here.text("PUT", std::string(boats) + "/y", "fieldValidation=Warn",
                                     R"({"metadata":{"name":"x"},"spec":{"sale":"b"}})");
    CHECK(elsewhere.status == 400);
    CHECK(elsewhere.headers.size() == 1);
}

TEST_CASE("whoever asks is anonymous, and writes under the name of their program") {
    auto here = desk();
    auto answer =
        here.service({"POST", boats, {}, {}, {}, boat_text("red"), "kubectl/v1.36.2 (linux/amd64)"});
    auto const made = boost::json::parse(std::get<http::response>(answer).text);
    CHECK(made.at_pointer("/metadata/managedFields/0/manager").as_string() == "kubectl");
}

TEST_CASE("the access log tells who asked for what, and how it went") {
    auto inside = world();
    auto told = std::vector<std::string>();
    auto service =
        http::service(inside.desk, {{}, {}, [&](http::access const& a) {
                                        told.push_back(a.who.user + " " + a.who.field_manager + " " +
                                                       std::string(a.method) + " " + std::string(a.path) +
                                                       " " + std::to_string(a.status));
                                    }});
    static_cast<void>(service({"GET", "/version", {}, {}, {}, {}, "curl/8.1"}));
    static_cast<void>(service({"GET", boats, http::query("watch=true"), {}, {}, {}, {}}));
    static_cast<void>(service({"GET", "/nope", {}, {}, {}, {}, {}}));
    CHECK(told == std::vector<std::string>{"system:anonymous curl GET /version 200",
                                           "system:anonymous unknown GET " + std::string(boats) + " 200",
                                           "system:anonymous unknown GET /nope 404"});
}

namespace {

/// Knows the token `ann`, refuses `old` and cannot look `away` up.
auto read_token(std::string_view token, std::span<std::string const> audiences)
    -> berth::result<std::optional<api::bearer>> {
    CHECK(audiences.empty());
    if (token == "old") return berth::fail(berth::error_code::unauthorized, "it has expired");
    if (token == "away") return berth::fail(berth::error_code::unavailable, "the store is away");
    if (token != "ann") return std::nullopt;
    return api::bearer{{.user = "ann", .groups = {"g"}}, {"api"}};
}

/// A service that knows tokens, and who asked it.
struct guarded {
    world inside;
    std::vector<std::string> seen{};
    http::service service{inside.desk, options()};

    auto options() -> http::service_options {
        auto out = http::service_options{};
        out.access = [this](http::access const& a) {
            seen.push_back(a.who.user + " " + a.who.field_manager + " " + std::to_string(a.status));
        };
        out.tokens = &read_token;
        return out;
    }
    auto ask(std::string_view authorization, std::string_view path = boats, std::string_view method = "GET",
             std::string_view body = {}) -> http::response {
        auto q = http::request{method, path, {}, {}, {}, body, "sail/1"};
        q.authorization = authorization;
        return std::get<http::response>(service(q));
    }
};

} // namespace

TEST_CASE("who presents a token that is known speaks for its owner") {
    auto here = guarded();
    CHECK(here.ask("Bearer ann", boats, "POST", boat_text("a")).status == 201);
    CHECK(here.seen.back() == "ann sail 201");
    auto const boat = here.ask("Bearer ann", std::string(boats) + "/a");
    CHECK(boat.text.find("\"manager\":\"sail\"") != std::string::npos);
}

TEST_CASE("a token that does not hold any more is refused everywhere, and nobody is told why") {
    auto here = guarded();
    for (auto const* const path : {"/api", "/healthz", "/version", "/nope"}) {
        auto const refused = here.ask("Bearer old", path);
        CHECK(refused.status == 401);
        CHECK(boost::json::parse(refused.text).at("message").as_string() == "Unauthorized");
        CHECK(boost::json::parse(refused.text).at("reason").as_string() == "Unauthorized");
    }
    CHECK(here.ask("Bearer away").status == 503);
}

TEST_CASE("a token that nobody knows is as good as none") {
    auto here = guarded();
    for (auto const* const header : {"Bearer nonsense", "Basic YTpi", "ann", ""}) {
        CHECK(here.ask(header).status == 200);
        CHECK(here.seen.back() == "system:anonymous sail 200");
    }
    auto const misplaced = here.ask("Bearer  ann");
    CHECK(misplaced.status == 200);
    REQUIRE(misplaced.headers.size() == 1);
    CHECK(misplaced.headers[0].second ==
          "299 - \"the provided Authorization header contains extra space before the bearer token, and is "
          "ignored\"");
}

TEST_CASE("no kept request is answered with a 5xx, and what it leaves can be read") {
    for (auto const& bytes : berth::tests::corpus("requests")) berth::fuzz::send_request(bytes);
}
