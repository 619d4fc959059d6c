#pragma once

/// \file
/// Real etcd servers for tests: on free loopback ports, with data of their own, gone when their owner goes.
///
/// ```cpp
/// auto server = etcd_server{};                 // one member, fresh (revision 1), ready to answer
/// auto s = etcd::connect({.endpoints = {server.url()}});
///
/// auto cluster = etcd_cluster{3};
/// cluster.member(cluster.leader()).kill();     // or pause(), resume(), restart()
/// ```
///
/// Start servers on a thread that lives as long as they do (the main one): they die with it.

#include "../folder.hpp"
#include "socket.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace berth::store::testing {

/// How servers are started. The short timeouts make an election quick, and 1 s the shortest lease.
struct etcd_setup {
    int heartbeat_ms = 10;
    int election_ms = 60;
    std::vector<std::string> arguments{}; ///< further ones for etcd
    std::string scheme = "http";          ///< "https" needs the certificates in `arguments`
};

/// One member: a process that can be killed, paused and started again on the same data.
class etcd_member {
public:
    etcd_member(std::string name, etcd_setup setup)
        : name_(std::move(name)), setup_(std::move(setup)), folder_(std::make_unique<tests::folder>()) {
        // All three are held at once, so that they differ.
        auto client = bound_socket();
        auto peer = bound_socket();
        auto health = bound_socket();
        client_port_ = client.second;
        peer_port_ = peer.second;
        health_port_ = health.second;
    }
    etcd_member(etcd_member const&) = delete;
    auto operator=(etcd_member const&) -> etcd_member& = delete;
    ~etcd_member() { kill(); }

    [[nodiscard]] auto url() const -> std::string { return setup_.scheme + "://" + address(client_port_); }
    [[nodiscard]] auto port() const -> std::uint16_t { return client_port_; }
    [[nodiscard]] auto peer_url() const -> std::string { return "http://" + address(peer_port_); }
    [[nodiscard]] auto name() const -> std::string const& { return name_; }
    [[nodiscard]] auto pid() const -> pid_t { return pid_; }
    [[nodiscard]] auto folder() const -> std::filesystem::path { return folder_->path(); }

    /// Starts the process, on the data it had if it was there before; does not wait for it.
    auto launch(std::string const& all_members) -> void {
        cluster_ = all_members;
        auto words = std::vector<std::string>{"etcd",
                                              "--name",
                                              name_,
                                              "--data-dir",
                                              (folder() / "data").string(),
                                              "--listen-client-urls",
                                              url(),
                                              "--advertise-client-urls",
                                              url(),
                                              "--listen-peer-urls",
                                              peer_url(),
                                              "--initial-advertise-peer-urls",
                                              peer_url(),
                                              "--listen-metrics-urls",
                                              "http://" + address(health_port_),
                                              "--initial-cluster",
                                              all_members,
                                              "--heartbeat-interval",
                                              std::to_string(setup_.heartbeat_ms),
                                              "--election-timeout",
                                              std::to_string(setup_.election_ms),
                                              "--logger",
                                              "zap",
                                              "--log-level",
                                              "error"};
        words.insert(words.end(), setup_.arguments.begin(), setup_.arguments.end());
        auto arguments = std::vector<char*>{};
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        auto const log = (folder() / "log").string();
        auto const parent = ::getpid();
        pid_ = ::fork();
        if (pid_ < 0) throw std::runtime_error("cannot start a process");
        if (pid_ > 0) return;
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(126);
        auto const out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(out, 1);
        ::dup2(out, 2);
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }

    /// Waits until the member answers and knows a leader. False if the process has ended instead, which
    /// happens when somebody else took a port meanwhile.
    [[nodiscard]] auto wait_until_ready() -> bool {
        for (auto const end = std::chrono::steady_clock::now() + std::chrono::seconds{60};;) {
            auto status = 0;
            if (::waitpid(pid_, &status, WNOHANG) == pid_) {
                pid_ = -1;
                if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
                    throw std::runtime_error("etcd is not installed; the Debian package is etcd-server");
                return false;
            }
            auto const answer = http_request(health_port_, "GET", "/health");
            if (answer.find("\"health\":\"true\"") != std::string::npos) return true;
            if (std::chrono::steady_clock::now() > end)
                throw std::runtime_error("etcd did not become ready: " + log());
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
        }
    }

    /// SIGKILL: what was not on disk is lost, and connections break.
    auto kill() -> void {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }
    /// SIGSTOP: connections stay open, and nobody answers.
    auto pause() -> void {
        ::kill(pid_, SIGSTOP);
        ::waitpid(pid_, nullptr, WUNTRACED); // returns once all its threads stand still
    }
    auto resume() -> void { ::kill(pid_, SIGCONT); }
    /// Starts a killed member again on its data and ports.
    auto restart() -> void {
        kill();
        for (auto attempt = 0; attempt < 20; ++attempt) {
            launch(cluster_);
            if (wait_until_ready()) return;
            std::this_thread::sleep_for(std::chrono::milliseconds{100});
        }
        throw std::runtime_error("etcd cannot be started again: " + log());
    }

    /// The answer (head and body) to a POST through plain sockets; only for http.
    [[nodiscard]] auto post(std::string_view path, std::string_view body) const -> std::string {
        return http_request(client_port_, "POST", path, body);
    }
    [[nodiscard]] auto is_leader() const -> bool {
        if (pid_ <= 0) return false;
        auto const status = post("/v3/maintenance/status", "{}");
        auto const self = text_field(status, "member_id");
        return !self.empty() && self == text_field(status, "leader");
    }
    [[nodiscard]] auto log() const -> std::string {
        auto in = std::ifstream{folder() / "log"};
        return {std::istreambuf_iterator<char>{in}, {}};
    }

private:
    static auto address(std::uint16_t port) -> std::string { return "127.0.0.1:" + std::to_string(port); }

    std::string name_;
    etcd_setup setup_;
    std::unique_ptr<tests::folder> folder_;
    std::uint16_t client_port_ = 0;
    std::uint16_t peer_port_ = 0;
    std::uint16_t health_port_ = 0;
    std::string cluster_{};
    pid_t pid_ = -1;
};

/// Some members that are one etcd.
class etcd_cluster {
public:
    explicit etcd_cluster(std::size_t members, etcd_setup setup = {.heartbeat_ms = 50, .election_ms = 500}) {
        for (auto attempt = 0; attempt < 5; ++attempt) {
            launch(members, setup);
            if (wait_until_ready()) return;
        }
        throw std::runtime_error("etcd cannot be started: " + member(0).log());
    }

    [[nodiscard]] auto size() const -> std::size_t { return members_.size(); }
    [[nodiscard]] auto member(std::size_t i) -> etcd_member& { return *members_.at(i); }
    [[nodiscard]] auto urls() const -> std::vector<std::string> {
        auto out = std::vector<std::string>{};
        for (auto const& m : members_) out.push_back(m->url());
        return out;
    }
    /// Which member leads now; waits until one does.
    [[nodiscard]] auto leader() -> std::size_t {
        for (auto attempt = 0; attempt < 3'000; ++attempt) {
            for (std::size_t i = 0; i < size(); ++i) {
                if (member(i).is_leader()) return i;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        }
        throw std::runtime_error("the cluster has no leader");
    }

protected:
    etcd_cluster() = default;
    auto launch(std::size_t members, etcd_setup const& setup) -> void {
        members_.clear();
        auto all = std::string{};
        for (std::size_t i = 0; i < members; ++i) {
            auto const name = std::string("m").append(std::to_string(i)); // `+` makes GCC 12 warn at -O3
            members_.push_back(std::make_unique<etcd_member>(name, setup));
            all.append(all.empty() ? "" : ",").append(name).append("=").append(members_.back()->peer_url());
        }
        for (auto const& m : members_) m->launch(all);
    }
    [[nodiscard]] auto wait_until_ready() -> bool {
        auto ready = true;
        for (auto const& m : members_) ready = ready && m->wait_until_ready();
        return ready;
    }

private:
    std::vector<std::unique_ptr<etcd_member>> members_{};
};

/// A cluster of one member; starts in about a tenth of a second.
class etcd_server : public etcd_cluster {
public:
    explicit etcd_server(etcd_setup setup = {}) : etcd_cluster(1, std::move(setup)) {}

    /// One that has been launched, and for which `is_ready` must wait.
    [[nodiscard]] static auto ahead() -> std::unique_ptr<etcd_server> {
        auto out = std::unique_ptr<etcd_server>{new etcd_server{launched{}}};
        out->launch(1, {});
        return out;
    }
    [[nodiscard]] auto is_ready() -> bool { return wait_until_ready(); }

    [[nodiscard]] auto url() -> std::string { return member(0).url(); }
    [[nodiscard]] auto port() -> std::uint16_t { return member(0).port(); }
    auto kill() -> void { member(0).kill(); }
    auto pause() -> void { member(0).pause(); }
    auto resume() -> void { member(0).resume(); }
    auto restart() -> void { member(0).restart(); }
    [[nodiscard]] auto post(std::string_view path, std::string_view body) -> std::string {
        return member(0).post(path, body);
    }

private:
    struct launched {};
    explicit etcd_server(launched /*later*/) {}
};

/// Servers started ahead, for tests that need many fresh ones.
class etcd_supply {
public:
    /// A fresh one, ready to answer; the next ones start meanwhile.
    [[nodiscard]] auto take() -> std::unique_ptr<etcd_server> {
        while (ahead_.size() < 3) ahead_.push_back(etcd_server::ahead());
        auto first = std::move(ahead_.front());
        ahead_.pop_front();
        return first->is_ready() ? std::move(first) : std::make_unique<etcd_server>();
    }

private:
    std::deque<std::unique_ptr<etcd_server>> ahead_{};
};

} // namespace berth::store::testing
