/// \file
/// A client over HTTP: the laws of clients against our front, and what it makes of answers and of their
/// absence.

#include "../../core/net/scripted_server.hpp"
#include "../kinds.hpp"

#include <berth/api/any_client.hpp>
#include <berth/api/http/remote.hpp>
#include <berth/api/http/server.hpp>
#include <berth/api/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <thread>

using namespace yard;
namespace http = berth::api::http;
namespace laws = berth::api::laws;
using api::http::remote;

namespace {

auto const judge = [](laws::finding const& f) {
    INFO(f.law << ": " << f.detail);
    CHECK(f.holds);
};

/// A desk with its network front, run by a thread, and a client at the other end.
struct across {
    std::unique_ptr<desk> inside = std::make_unique<desk>();
    std::unique_ptr<http::server> front =
        std::make_unique<http::server>(inside->server, http::server_options{});
    std::optional<remote> outside;
    std::jthread thread;

    across() {
        if (auto ok = front->open(); !ok) throw std::runtime_error(ok.error().message);
        thread = std::jthread([f = front.get()](std::stop_token s) { f->run(s); });
        outside = remote::connect(inside->server.kinds(), {.url = url()}).value();
    }
    across(across&&) = default;
    auto operator=(across&&) -> across& = delete;
    ~across() { outside.reset(); }

    [[nodiscard]] auto url() const -> std::string {
        return "http://127.0.0.1:" + std::to_string(front->port());
    }
    auto client() -> remote& { return *outside; }
    static auto let_arrive() -> void { std::this_thread::sleep_for(std::chrono::milliseconds(10)); }
};

/// Boats, whose seats are the content, on the other side of a network.
struct far_boats {
    auto make() const -> across { return {}; }
    auto object(std::string name, int content) const -> object::any_object {
        return make_boat(std::move(name), "red", content);
    }
    auto content(object::any_object const& o) const -> int { return o.as<boat>().spec.seats; }
    auto patch(int content) const -> api::patch {
        return {api::patch_type::merge, R"({"spec":{"seats":)" + std::to_string(content) + "}}"};
    }
};

/// A watch of all boats, from now on.
auto watched(remote& c) -> result<http::remote_watch> {
    auto o = api::watch_options{};
    o.resource_version = std::to_string(c.list(boat::resource, {}).value().rev);
    return c.watch(boat::resource, o);
}

/// What a client makes of one answer.
auto answered(int status, std::string const& body) -> result<object::object_ref> {
    auto s = scripted::server([&](scripted::guest& g) {
        while (!g.request().empty()) g.answer(status, body);
    });
    auto d = desk();
    auto c = remote::connect(d.server.kinds(), {.url = s.where().url}).value();
    return c.get(boat::resource, {"bay", "a"}, {});
}

} // namespace

TEST_CASE("the laws of clients hold over HTTP") { laws::all(far_boats{}, judge); }

TEST_CASE("a client over HTTP is a client like any other") {
    auto a = across();
    auto c = api::any_client(a.client());
    REQUIRE(api::create(c, make_boat("one", "red", 3)));
    auto const one = api::get<boat>(c, {"bay", "one"});
    REQUIRE(one);
    CHECK((*one)->spec.color == "red");
    CHECK((*one)->metadata.resource_version.empty());
    CHECK(one->revision_of() > 0);
    CHECK(api::get<boat>(a.inside->server, {"bay", "one"})->ref() == one->ref());
}

TEST_CASE("scales, actions, patches and applies arrive") {
    auto a = across();
    auto& c = a.client();
    REQUIRE(api::create(c, make_boat("one", "red", 3)));
    auto const where = object::key{"bay", "one"};
    auto const scale = c.get(boat::resource, where, {.subresource = "scale"});
    REQUIRE(scale);
    CHECK(scale->object.as<api::scale>().spec.replicas == 3);

    auto const before = api::get<boat>(c, where).value().revision_of();
    auto options = api::patch_options{};
    options.expected = before;
    auto const patched = api::patch_object(
        c, boat::resource, where,
        {api::patch_type::json, R"([{"op":"replace","path":"/spec/seats","value":4}])"}, options);
    REQUIRE(patched);
    CHECK(patched->object.as<boat>().spec.seats == 4);
    auto const late = api::patch_object(c, boat::resource, where,
                                        {api::patch_type::merge, R"({"spec":{"seats":5}})"}, options);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == error_code::conflict);

    auto apply = api::patch_options{};
    apply.field_manager = "somebody";
    auto const applied = api::apply(
        c, boat::resource, where,
        R"({"apiVersion":"test/v1","kind":"Boat","metadata":{"name":"one"},"spec":{"color":"blue"}})", apply);
    REQUIRE_FALSE(applied);
    CHECK(applied.error().code == error_code::conflict);
    apply.force = true;
    CHECK(api::apply(
              c, boat::resource, where,
              R"({"apiVersion":"test/v1","kind":"Boat","metadata":{"name":"one"},"spec":{"color":"blue"}})",
              apply)
              ->object.as<boat>()
              .spec.color == "blue");
}

TEST_CASE("a watch ends when its server goes, and says so") {
    auto a = std::make_optional<across>();
    auto w = watched(a->client());
    REQUIRE(w);
    CHECK(w->next().value() == std::nullopt);
    a->thread = {};
    a->front.reset();
    auto ended = result<std::optional<api::watch_event>>();
    for (auto n = 0; n < 500 && ended; ++n) {
        across::let_arrive();
        ended = w->next();
    }
    REQUIRE_FALSE(ended);
    CHECK(ended.error().code == error_code::unavailable);
    auto const read = a->client().get(boat::resource, {"bay", "one"}, {});
    REQUIRE_FALSE(read);
    CHECK(read.error().code == error_code::unavailable);
    CHECK(read.error().message.find(a->client().url()) != std::string::npos);
}

TEST_CASE("whoever waits for a watch is woken") {
    auto a = across();
    auto w = watched(a.client()).value();
    auto woken = std::atomic<int>(0);
    w.on_wake({[](void* n) { ++*static_cast<std::atomic<int>*>(n); }, &woken});
    while (w.next().value()) {}
    auto const quiet = woken.load();
    REQUIRE(api::create(a.inside->server, make_boat("one", "red", 3)));
    for (auto n = 0; n < 500 && woken == quiet; ++n) across::let_arrive();
    CHECK(woken > quiet);
    auto const event = w.next();
    REQUIRE(event);
    REQUIRE(*event);
    CHECK((*event)->object->metadata().name == "one");
}

TEST_CASE("a write that may have been done is told so, and one that has not is not") {
    auto requests = std::atomic<int>(0);
    auto s = scripted::server([&](scripted::guest& g) {
        if (!g.request().empty()) ++requests; // and hangs up
    });
    auto d = desk();
    auto c = remote::connect(d.server.kinds(), {.url = s.where().url}).value();
    auto const made = api::create(c, make_boat("one", "red", 3));
    REQUIRE_FALSE(made);
    CHECK(made.error().code == error_code::timeout);
    CHECK(requests == 1);
    auto const read = c.get(boat::resource, {"bay", "a"}, {});
    REQUIRE_FALSE(read);
    CHECK(read.error().code == error_code::unavailable);
    CHECK(requests == 3);
}

TEST_CASE("errors are those of the server, with all that it says of them") {
    auto const refused = answered(
        422, R"({"kind":"Status","apiVersion":"v1","status":"Failure","message":"no","reason":"Invalid",)"
             R"("details":{"name":"a","kind":"Boat","causes":[)"
             R"({"reason":"FieldValueRequired","message":"m","field":"f"}]},"code":422})");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == error_code::invalid);
    CHECK(refused.error().message == "no");
    CHECK(refused.error().details.causes == std::vector<error_cause>{{"FieldValueRequired", "m", "f"}});

    auto const wait = answered(
        429, R"({"kind":"Status","reason":"TooManyRequests","details":{"retryAfterSeconds":7},"code":429})");
    REQUIRE_FALSE(wait);
    CHECK(wait.error().details.retry_after_seconds == 7);
    CHECK(answered(504, R"({"kind":"Status","reason":"Timeout","code":504})").error().code ==
          error_code::timeout);
    CHECK(answered(504, R"({"kind":"Status","reason":"Timeout","code":504,"details":)"
                        R"({"causes":[{"reason":"ResourceVersionTooLarge"}]}})")
              .error()
              .code == error_code::future_revision);
    CHECK(answered(502, "<html>bad gateway</html>").error().code == error_code::internal);
    CHECK(answered(502, "<html>bad gateway</html>").error().message ==
          "the server answers 502: <html>bad gateway</html>");
    CHECK(answered(403, "").error().code == error_code::forbidden);
}

TEST_CASE("what cannot be read is an error and no object") {
    for (auto const* body :
         {"", "{", "[]", "7", R"({"kind":"Boat","apiVersion":"test/v1","spec":7})",
          R"({"kind":"Boat","apiVersion":"test/v1","metadata":{"resourceVersion":"x"}})"}) {
        INFO(body);
        auto const read = answered(200, body);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == error_code::internal);
    }
}

TEST_CASE("a client says what it cannot ask, and where nobody is") {
    auto d = desk();
    CHECK(remote::connect(d.server.kinds(), {.url = "nowhere"}).error().code == error_code::bad_request);
    auto c = remote::connect(api::registry(), {.url = "http://127.0.0.1:1"}).value();
    auto const unknown = c.get(boat::resource, {"bay", "a"}, {});
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == error_code::bad_request);
    CHECK(unknown.error().message.find("boats.test") != std::string::npos);
}

TEST_CASE("a client that needs only metadata is sent no more, by get, list and watch") {
    auto a = across();
    auto& whole = a.client();
    auto const lean = whole.metadata_only();
    REQUIRE(api::create(whole, make_boat("one", "red", 3)));
    auto const where = object::key{"bay", "one"};
    auto const bare = [&](object::object_ref const& o) {
        auto const known = whole.get(boat::resource, where, {}).value();
        CHECK(o.rev == known.rev);
        CHECK(o->metadata() == known->metadata());
        CHECK(o.object.as<boat>().spec.color.empty());
        CHECK(o.object.as<boat>().spec.seats == 0);
    };
    bare(lean.get(boat::resource, where, {}).value());
    auto const list = lean.list(boat::resource, {}).value();
    REQUIRE(list.items.size() == 1);
    bare(list.items.front());
    auto events = lean.watch(boat::resource, {}).value();
    auto first = std::optional<api::watch_event>();
    for (auto tries = 0; tries < 1000 && !first; ++tries, across::let_arrive()) first = events.next().value();
    REQUIRE(first);
    bare(first->object);
    CHECK(lean.get(boat::resource, where, {.subresource = "scale"})->object.as<api::scale>().spec.replicas ==
          3);
    CHECK(whole.get(boat::resource, where, {})->object.as<boat>().spec.seats == 3);
}

TEST_CASE("a server that has no view of metadata alone may answer whole objects") {
    auto seen = std::string();
    {
        auto s = scripted::server([&](scripted::guest& g) {
            for (auto q = g.request(); !q.empty(); q = g.request()) {
                seen = q;
                g.answer(
                    200,
                    R"({"kind":"BoatList","apiVersion":"yard.dev/v1","metadata":{"resourceVersion":"5"},)"
                    R"("items":[{"metadata":{"name":"a","namespace":"bay","resourceVersion":"4"},)"
                    R"("spec":{"seats":2}}]})");
            }
        });
        auto d = desk();
        auto const c = remote::connect(d.server.kinds(), {.url = s.where().url}).value().metadata_only();
        CHECK(c.list(boat::resource, {}).value().items.at(0).object.as<boat>().spec.seats == 2);
    }
    CHECK(
        seen.find("Accept: application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
                  "\r\n") != std::string::npos);
}
