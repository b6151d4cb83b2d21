//! The driver with a runtime of its own: asks the server and waits for the answer.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::error::DbError as Notice;
use tokio_postgres::{AsyncMessage, Client, Error, SimpleQueryMessage};

use super::open::Entry;
use super::pooler;
use super::stop::{Place, Stop, places};

/// How long a farewell may take.
const FAREWELL: Duration = Duration::from_secs(1);

/// Why there is no connection.
#[derive(Debug)]
pub(super) enum Failure {
    /// What the driver says.
    Driver(Error),
    /// It took too long.
    Timeout(Duration),
    /// The machine gives no runtime.
    Machine(io::Error),
    /// Nobody knows the host.
    Unknown(io::Error),
}

/// What the task of a connection leaves for others.
#[derive(Default)]
struct Left {
    notices: Vec<Notice>,
    /// Why the connection ended.
    end: Option<Error>,
}

/// One session of a server.
pub(super) struct Driver {
    // In this order they are dropped: when the client is gone, the connection says farewell.
    client: Client,
    connection: Connection,
    left: Arc<Mutex<Left>>,
    stop: Stop,
}

/// The other end of the client: moves what is sent and received.
struct Connection {
    runtime: Runtime,
    task: Option<JoinHandle<()>>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            // A server that does not listen any more is left without it.
            let _ = self.runtime.block_on(async { timeout(FAREWELL, task).await });
        }
    }
}

/// Opens a session at a place, whose messages are moved by a task of the runtime at hand.
async fn open(
    entry: &Entry,
    place: &Place,
    left: Arc<Mutex<Left>>,
) -> Result<(Client, JoinHandle<()>), Failure> {
    let mut config = entry.config.clone();
    if let Place::Internet(address) = place {
        config.hostaddr(address.ip());
    }
    let connecting = config.connect(entry.tls.clone());
    let (client, mut connection) = match entry.address.patience {
        None => connecting.await.map_err(Failure::Driver)?,
        Some(patience) => match timeout(patience, connecting).await {
            Ok(outcome) => outcome.map_err(Failure::Driver)?,
            Err(_) => return Err(Failure::Timeout(patience)),
        },
    };
    let task = tokio::spawn(async move {
        while let Some(message) = poll_fn(|cx| connection.poll_message(cx)).await {
            let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
            match message {
                Ok(AsyncMessage::Notice(notice)) => left.notices.push(notice),
                Ok(_) => {}
                Err(error) => {
                    left.end = Some(error);
                    return;
                }
            }
        }
    });
    Ok((client, task))
}

impl Driver {
    /// Opens a session at the first address of the server that takes it.
    ///
    /// # Errors
    /// Why the server cannot be reached, or refuses.
    pub(super) fn open(entry: &Entry) -> Result<Driver, Failure> {
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(Failure::Machine)?;
        let left = Arc::default();
        let (client, task, place) = runtime.block_on(async {
            let mut refusal = None;
            for place in places(&entry.door).await.map_err(Failure::Unknown)? {
                match open(entry, &place, Arc::clone(&left)).await {
                    Ok((client, task)) => return Ok((client, task, place)),
                    Err(failure) => refusal = Some(failure),
                }
            }
            let nothing = || io::Error::new(io::ErrorKind::NotFound, "it has no address");
            Err(refusal.unwrap_or_else(|| Failure::Unknown(nothing())))
        })?;
        let (token, tls, door) = (client.cancel_token(), entry.tls.clone(), entry.door.clone());
        let stop = Stop { token, tls, place, door };
        Ok(Driver { client, connection: Connection { runtime, task: Some(task) }, left, stop })
    }

    /// Runs statements and throws their rows away.
    ///
    /// # Errors
    /// Whatever the server says.
    pub(super) fn execute(&self, sql: &str) -> Result<(), Error> {
        self.connection.runtime.block_on(self.client.batch_execute(sql))
    }

    /// The same, while `meanwhile` is at work beside it. A statement that is not done after `limit`
    /// is stopped.
    pub(super) fn execute_beside(
        &self,
        sql: &str,
        meanwhile: impl Future<Output = ()>,
        limit: Option<Duration>,
    ) -> Result<(), Error> {
        let work = async {
            let mut work = pin!(self.client.batch_execute(sql));
            let Some(limit) = limit else { return work.await };
            match timeout(limit, work.as_mut()).await {
                Ok(outcome) => outcome,
                Err(_) => {
                    // It is sent to its end, even where the statement ends before.
                    let sending = tokio::spawn(self.stop().send());
                    let outcome = work.await;
                    let _ = sending.await;
                    outcome
                }
            }
        };
        self.connection.runtime.block_on(async {
            let (mut work, mut meanwhile) = (pin!(work), pin!(meanwhile));
            let mut is_over = false;
            poll_fn(|cx| {
                is_over = is_over || meanwhile.as_mut().poll(cx).is_ready();
                work.as_mut().poll(cx)
            })
            .await
        })
    }

    /// Runs statements and gives their rows.
    ///
    /// # Errors
    /// Whatever the server says.
    pub(super) fn query(&self, sql: &str) -> Result<Vec<SimpleQueryMessage>, Error> {
        self.connection.runtime.block_on(self.client.simple_query(sql))
    }

    /// Runs a last statement, for which nobody waits long and whose failure changes nothing.
    pub(super) fn part_with(&self, sql: &str) {
        let _ = self
            .connection
            .runtime
            .block_on(async { timeout(FAREWELL, self.client.batch_execute(sql)).await });
    }

    /// What the server has said beside its answers, once.
    pub(super) fn notices(&self) -> Vec<Notice> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut left.notices)
    }

    /// Why the connection ended, once; `None` when it did not, or says no more.
    pub(super) fn end(&self) -> Option<Error> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).end.take()
    }

    /// Whether the connection has ended.
    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// What stops the statement that runs.
    pub(super) fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// By what one more session of the same server is opened.
    pub(super) fn place(&self) -> &Place {
        &self.stop.place
    }

    /// The number of the server's process, as whoever answered at the beginning has told it. A
    /// pooler tells another one than the server does.
    pub(super) fn told_process(&self) -> Option<i32> {
        self.connection.runtime.block_on(pooler::told_process(&self.client.cancel_token()))
    }
}

/// One more session within the runtime of another one, for what is asked beside a statement.
pub(super) struct Beside(Client);

impl Beside {
    /// Opens a session, as long as the runtime at hand lasts.
    pub(super) async fn open(entry: &Entry) -> Option<Beside> {
        let place = places(&entry.door).await.ok()?.into_iter().next()?;
        open(entry, &place, Arc::default()).await.ok().map(|(client, _)| Beside(client))
    }

    /// The rows of a query; `None` when the server does not give them.
    pub(super) async fn query(&self, sql: &str) -> Option<Vec<SimpleQueryMessage>> {
        self.0.simple_query(sql).await.ok()
    }
}
